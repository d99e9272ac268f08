package org.strongroom.leak.sample;

import java.util.Set;

/** Tells what looks like the name of a person, written in Chinese. */
final class HanNames {
  /** Surnames of some nine in ten people, by the Ministry of Public Security's yearly reports. */
  private static final String SURNAMES =
      "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾"
          + "夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严欧莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申耿"
          + "关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简"
          + "车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查"
          + "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭葉蘇呂盧鍾譚陸賈鄒閻賀顧龔萬錢嚴湯喬龐顏莊聶魯關蘭寧";

  private static final Set<String> COMPOUND =
      Set.of("欧阳", "上官", "皇甫", "令狐", "诸葛", "司徒", "司马", "申屠", "夏侯", "贺兰", "慕容", "宇文", "尉迟");

  private static final String DOTS = "·•‧∙⋅・.";
  private static final int LONGEST_WITH_DOT = 20;

  private HanNames() {}

  /**
   * Whether the value is a surname with a given name, or names joined by a middle dot. White space
   * between characters does not count, as some type it.
   */
  static boolean isLikely(String value) {
    String text = value.indexOf(' ') >= 0 || value.indexOf('\u3000') >= 0 ? tight(value) : value;
    int length = text.length();
    if (length < 2 || length > LONGEST_WITH_DOT) {
      return false;
    }
    boolean dot = false;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (DOTS.indexOf(c) >= 0 && i > 0 && i < length - 1) {
        dot = true;
      } else if (!Character.isIdeographic(c)) {
        return false;
      }
    }
    if (dot) {
      return true;
    }
    boolean compound = length >= 3 && COMPOUND.contains(text.substring(0, 2));
    return compound ? length <= 4 : length <= 3 && SURNAMES.indexOf(text.charAt(0)) >= 0;
  }

  private static String tight(String value) {
    return value.replace(" ", "").replace("\u3000", "");
  }
}
