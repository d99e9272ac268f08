package org.strongroom.schema;

/**
 * Traditional characters that names and addresses are written with, and their simplified forms.
 * Source: the General List of Simplified Characters (State Language Commission, 1986), of which
 * this is our own selection. Only pairs of which each traditional form has one simplified form; the
 * other way round, several may share one.
 */
final class HanVariants {
  /** Pairs, traditional first. */
  private static final String PAIRS =
      "張张陳陈劉刘楊杨趙赵黃黄吳吴孫孙馬马許许鄧邓韓韩馮冯葉叶蘇苏盧卢蔣蒋賈贾鍾钟鐘钟譚谭陸陆範范韋韦鄒邹閻阎龍龙萬万錢钱湯汤賴赖龐庞"
          + "蘭兰顧顾龔龚嚴严喬乔塗涂倫伦齊齐呂吕魯鲁羅罗鄭郑謝谢歐欧陽阳聞闻諸诸東东獨独遲迟臺台長长鮮鲜於于鄔邬鄺邝駱骆儲储費费賀贺單单談谈"
          + "閔闵寧宁連连聶聂莊庄晉晋練练職职樂乐邊边車车應应遊游魚鱼畢毕紀纪項项國国華华偉伟麗丽靜静強强軍军傑杰濤涛藝艺鳳凤蓮莲蘋苹紅红飛飞"
          + "豔艳艷艳輝辉剛刚勝胜學学義义鵬鹏興兴貴贵銀银愛爱榮荣慶庆嬌娇潔洁瑩莹穎颖夢梦婭娅瓊琼賢贤賓宾維维緯纬綺绮繼继紹绍緒绪績绩純纯絢绚"
          + "經经綱纲綸纶織织縵缦寶宝實实憲宪寬宽審审尋寻嶺岭嵐岚嶽岳島岛巖岩帥帅師师幫帮廣广廬庐廳厅彥彦徑径從从復复憶忆懷怀戀恋慮虑撫抚擴扩"
          + "攜携數数斂敛曉晓暉晖曄晔書书會会條条楓枫楨桢極极構构槍枪標标樞枢樹树橋桥機机檢检權权欽钦歸归歲岁氣气漢汉滿满漁渔濱滨瀾澜灣湾灝灏"
          + "瀟潇瀋沈漸渐潤润澤泽淵渊煒炜煥焕燁烨燦灿爾尔瑋玮瑤瑶璣玑環环瑪玛畫画異异當当發发監监盤盘碩硕確确禮礼禎祯種种穩稳積积窮穷競竞筆笔"
          + "節节築筑簡简籃篮籌筹粵粤糧粮紡纺紋纹絡络結结統统絲丝緣缘緻致縣县總总聖圣聰聪聯联肅肃與与舉举艦舰莖茎萊莱蔭荫薩萨藍蓝蘊蕴蘆芦處处"
          + "號号虛虚術术衛卫裏里裡里補补見见規规親亲覺觉觀观訓训記记設设詠咏詩诗誠诚語语誌志調调論论諾诺謙谦講讲識识議议護护讓让變变豐丰財财"
          + "貞贞負负貢贡貨货資资賜赐質质購购賽赛贊赞趨趋躍跃軒轩輔辅輕轻輪轮轉转農农運运達达遠远適适遼辽選选還还郵邮鄉乡鄰邻醫医釋释針针鈞钧"
          + "鈴铃鉄铁鐵铁銅铜銘铭銳锐鋒锋鋼钢錄录錦锦錫锡鍵键鎮镇鏡镜鑄铸鑒鉴門门開开閑闲間间閣阁閩闽關关陰阴陝陕隊队階阶際际隨随雙双雜杂離离"
          + "難难雲云電电霧雾靈灵韻韵頂顶順顺領领頓顿頤颐頻频題题顏颜願愿類类風风飯饭館馆駿骏騰腾驗验驚惊驛驿鬆松鯉鲤鴻鸿鶴鹤鷹鹰麥麦黨党齡龄"
          + "區区樓楼層层園园圓圆場场塊块壩坝壢坜堅坚報报墾垦壯壮夾夹奧奥奮奋娛娱嬰婴岡冈嶼屿幣币廈厦廠厂廟庙彎弯後后懇恳戰战挾挟撥拨業业營营"
          + "爐炉牆墙獅狮獎奖產产畝亩縱纵習习腳脚蕩荡薦荐裝装詢询貿贸遜逊鋪铺錶表鎖锁隴陇雞鸡鳥鸟鹽盐麼么龜龟體体圖图團团壇坛壘垒對对導导將将"
          + "專专眾众過过進进頭头幹干幾几彈弹麯曲齋斋塵尘壓压夠够夥伙宮宫寢寝嶄崭嶇岖廂厢廚厨廢废廩廪彙汇態态慘惨擇择擔担據据擺摆敘叙敵敌斃毙"
          + "斬斩斷断時时暢畅曆历朧胧樁桩樺桦殘残殼壳毀毁汙污沒没況况洶汹涼凉淺浅測测渾浑滅灭滙汇滯滞濕湿濟济濰潍瀏浏灘滩煙烟熱热燈灯燒烧犧牺"
          + "狀状獵猎獻献甌瓯疊叠瘋疯皺皱盜盗礦矿碼码礎础磚砖祿禄禪禅稱称穀谷窩窝窯窑竇窦箋笺籠笼紙纸紮扎細细終终組组給给絳绛綏绥綠绿緊紧縉缙"
          + "繞绕繩绳纜缆罷罢膠胶膽胆臨临舊旧艙舱莧苋葦苇葷荤蕪芜薊蓟藥药蟬蝉蠟蜡衝冲覽览訪访證证豈岂賣卖賭赌踐践載载輛辆轎轿辦办這这週周遙遥"
          + "遞递邏逻郟郏鄆郓鄲郸醬酱鑽钻閘闸閱阅闆板闊阔闖闯險险隱隐隸隶雖虽霽霁頁页預预飲饮飼饲餅饼養养餘余駐驻駕驾騎骑髮发鬥斗鬧闹鮑鲍鰲鳌"
          + "鳴鸣鴨鸭鵝鹅鷗鸥鸞鸾齒齿囯国";

  private static final char FIRST = '\u4e00';
  private static final char[] SIMPLIFIED = simplified();

  private HanVariants() {}

  /** The simplified form of a character, itself if there is none. */
  static char simplified(char c) {
    return c >= FIRST && c - FIRST < SIMPLIFIED.length ? SIMPLIFIED[c - FIRST] : c;
  }

  private static char[] simplified() {
    char[] out = new char[0x9fff - FIRST + 1];
    for (int i = 0; i < out.length; i++) {
      out[i] = (char) (FIRST + i);
    }
    for (int i = 0; i < PAIRS.length(); i += 2) {
      out[PAIRS.charAt(i) - FIRST] = PAIRS.charAt(i + 1);
    }
    return out;
  }
}
