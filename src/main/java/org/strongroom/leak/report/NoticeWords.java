package org.strongroom.leak.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.strongroom.leak.report.NoticeView.Words;

/** What the draft says of fields in the two languages: their names, the harm, and what to do. */
final class NoticeWords {
  private static final Map<String, Words> FIELDS =
      Map.ofEntries(
          Map.entry("resident_id", new Words("citizen identification number", "公民身份号码")),
          Map.entry("name", new Words("name", "姓名")),
          Map.entry("former_name", new Words("former name", "曾用名")),
          Map.entry("sex", new Words("sex", "性别")),
          Map.entry("date_of_birth", new Words("date of birth", "出生日期")),
          Map.entry("ethnicity", new Words("ethnicity", "民族")),
          Map.entry("native_place", new Words("place of origin", "籍贯")),
          Map.entry("address", new Words("address", "住址")),
          Map.entry("phone", new Words("telephone number", "电话号码")),
          Map.entry("email", new Words("e-mail address", "电子邮箱")),
          Map.entry("occupation", new Words("occupation", "职业")),
          Map.entry("employer", new Words("employer", "工作单位")),
          Map.entry("education", new Words("education", "文化程度")),
          Map.entry("marital_status", new Words("marital status", "婚姻状况")),
          Map.entry("photo", new Words("photo", "照片")));

  private NoticeWords() {}

  /** A field's name; one that is not known here stands for itself. */
  static Words field(String name) {
    return FIELDS.getOrDefault(name, new Words(Shown.name(name), Shown.name(name)));
  }

  /** What may come of it, by what was exposed. */
  static List<Words> harm(Set<String> exposed, boolean sensitive) {
    List<Words> out = new ArrayList<>();
    if (exposed.contains("phone") || exposed.contains("email")) {
      out.add(
          new Words(
              "calls, messages or e-mails by people who know your data and use them to deceive you",
              "他人可能利用您的信息拨打电话、发送短信或者邮件实施诈骗、骚扰"));
    }
    if (exposed.contains("resident_id")) {
      out.add(
          new Words(
              "contracts, accounts or telephone cards in your name that you did not ask for",
              "他人可能冒用您的身份签订合同、开立账户或者办理电话卡"));
    }
    if (exposed.contains("address") || exposed.contains("employer")) {
      out.add(
          new Words(
              "unwanted visits or mail at your home or place of work",
              "您的住所或者工作单位可能受到上门、信件等方式的打扰"));
    }
    if (exposed.contains("photo")) {
      out.add(
          new Words(
              "misuse of your face, for instance where a photo is enough to be let in",
              "您的人像可能被冒用，例如用于人脸核验或者伪造影像"));
    }
    if (sensitive) {
      out.add(
          new Words(
              "harm to your dignity, your safety or your property through what is sensitive",
              "敏感个人信息泄露可能使您的人格尊严受到侵害，或者危害您的人身、财产安全"));
    }
    return out;
  }

  /** What people can do themselves. */
  static List<Words> advice(Set<String> exposed) {
    List<Words> out = new ArrayList<>();
    out.add(
        new Words(
            "Do not trust callers or messages because they know your data: hang up, and call back on"
                + " a number that you looked up yourself.",
            "不要因为对方能说出您的信息就轻信来电、短信；请挂断后自行查找官方号码核实。"));
    if (exposed.contains("resident_id")) {
      out.add(
          new Words(
              "Look up which telephone cards, accounts and loans are in your name, and object to"
                  + " those that are not yours.",
              "查询本人名下的电话卡、银行账户和信贷记录，发现异常及时提出异议。"));
    }
    if (exposed.contains("email") || exposed.contains("phone")) {
      out.add(
          new Words(
              "Change passwords that hold your birth date, telephone or ID number, and switch on"
                  + " two-step sign-in.",
              "如果密码中包含生日、电话号码或者身份号码，请立即更换，并开启两步验证。"));
    }
    out.add(
        new Words(
            "If you were deceived or threatened, tell the police and keep what you received.",
            "如遭遇诈骗或者威胁，请保留证据并及时报警。"));
    return out;
  }
}
