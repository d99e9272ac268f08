package org.strongroom.schema;

import java.util.Set;

/**
 * A person's name, Chinese or other. Kept in NFKC with white space folded to single spaces and the
 * many middle dots that part the names of minorities and foreigners united into U+00B7, as GB/T
 * 15834-2011 (punctuation) sets it. For an index, letter case and white space do not count.
 */
final class NameType implements FieldType {
  private static final int MAX_CHARS = 200;
  private static final char MIDDLE_DOT = '\u00b7';
  private static final String DOTS = "\u2022\u2027\u2219\u22c5\u2e31\u30fb\ua78f";

  /** The two-character surnames met today; only counted as such where a given name follows. */
  private static final Set<String> COMPOUND_SURNAMES =
      Set.of(
          "欧阳", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫",
          "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘",
          "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "夹谷", "轩辕", "令狐",
          "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "西门", "第五", "端木", "太史", "纳兰", "完颜",
          "达奚", "褚师", "歐陽", "司馬", "東方", "獨孤", "南宮", "聞人", "諸葛", "尉遲", "赫連", "澹臺", "濮陽", "公孫", "鍾離",
          "長孫", "鮮于");

  @Override
  public String name() {
    return "name";
  }

  @Override
  public String normalise(String raw) throws InvalidValue {
    String line = CleanText.line(raw, MAX_CHARS);
    boolean letter = false;
    boolean dots = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      letter |= CleanText.isCommonHan(c) || Character.isLetter(Character.codePointAt(line, i));
      dots |= c == MIDDLE_DOT || c == '.' || DOTS.indexOf(c) >= 0;
    }
    if (!letter) {
      throw new InvalidValue("no_letter", "holds no letter");
    }
    return dots ? withOneDot(line) : line;
  }

  /** Unites middle dots, with no space around them; a full stop counts between Han characters. */
  private static String withOneDot(String line) {
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean stop = c == '.' && isHan(line, i - 1) && isHan(line, i + 1);
      boolean dot = stop || c == MIDDLE_DOT || DOTS.indexOf(c) >= 0;
      boolean afterDot = !out.isEmpty() && out.charAt(out.length() - 1) == MIDDLE_DOT;
      if (dot && !out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
        out.setLength(out.length() - 1);
      }
      if (!(c == ' ' && afterDot)) {
        out.append(dot ? MIDDLE_DOT : c);
      }
    }
    return out.toString();
  }

  private static boolean isHan(String text, int at) {
    return at >= 0 && at < text.length() && CleanText.isCommonHan(text.charAt(at));
  }

  /**
   * The surname of a Chinese name, or its first character where a middle dot parts a transcribed
   * one; of other names the first letter of the first and of the last word.
   */
  @Override
  public String mask(String canonical) {
    if (canonical.isEmpty()) {
      return HIDDEN;
    }
    int first = canonical.codePointAt(0);
    if (Character.isIdeographic(first)) {
      boolean compound =
          canonical.codePointCount(0, canonical.length()) > 2
              && canonical.indexOf(MIDDLE_DOT) < 0
              && COMPOUND_SURNAMES.contains(canonical.substring(0, 2));
      return canonical.substring(0, compound ? 2 : Character.charCount(first)) + "**";
    }
    int word = canonical.lastIndexOf(' ') + 1;
    boolean several = word > 0 && word < canonical.length();
    String last = several ? " " + letter(canonical, word) + HIDDEN : "";
    return letter(canonical, 0) + HIDDEN + last;
  }

  private static String letter(String text, int at) {
    return text.substring(at, text.offsetByCodePoints(at, 1));
  }

  @Override
  public String indexForm(String canonical) {
    return CleanText.looseForm(canonical);
  }

  /** See {@link NameLikeness} for the measure. */
  @Override
  public boolean near(String one, String other) {
    return NameLikeness.near(one, other);
  }

  @Override
  public JsonKind json() {
    return JsonKind.TEXT;
  }

  @Override
  public Entropy entropy() {
    return Entropy.TELLING;
  }
}
