package org.strongroom.synthetic;

/**
 * Education, marriage and work by age and sex: rough shares that a reader of the 2020 census would
 * recognise, no more. Immutable.
 */
final class Lives {
  private static final int BITS = 10;
  private static final int SCHOOL_AGE = 6;
  private static final int UNDERGRADUATE = 5;
  private static final int SENIOR_SECONDARY = 3;

  private static final byte[][] EDUCATIONS =
      Facts.words(
          "other primary junior_secondary senior_secondary vocational undergraduate postgraduate");

  /** From this age on, in the order of {@link #EDUCATIONS}, per mille. */
  private static final int[] EDUCATION_AGES = {0, 6, 12, 15, 18, 23, 30, 40, 50, 60, 70};

  private static final Tickets[] EDUCATION = {
    tickets(1000, 0, 0, 0, 0, 0, 0),
    tickets(0, 1000, 0, 0, 0, 0, 0),
    tickets(0, 20, 980, 0, 0, 0, 0),
    tickets(0, 5, 95, 550, 350, 0, 0),
    tickets(2, 8, 130, 180, 330, 345, 5),
    tickets(5, 40, 280, 140, 240, 255, 40),
    tickets(10, 60, 410, 150, 160, 180, 30),
    tickets(15, 150, 510, 150, 85, 80, 10),
    tickets(30, 260, 480, 150, 45, 32, 3),
    tickets(80, 420, 340, 120, 20, 19, 1),
    tickets(230, 490, 180, 60, 15, 24, 1)
  };

  private static final byte[][] MARRIAGES = Facts.words("single married divorced widowed");

  /** Nobody marries below 20 (women) or 22 (men), as the law has it. */
  private static final int[] MARRIAGE_AGES_MEN = {0, 22, 25, 30, 35, 45, 60, 70, 80};

  private static final Tickets[] MARRIAGE_MEN = {
    tickets(1000, 0, 0, 0),
    tickets(880, 118, 2, 0),
    tickets(520, 465, 15, 0),
    tickets(205, 755, 39, 1),
    tickets(75, 865, 55, 5),
    tickets(35, 895, 50, 20),
    tickets(25, 890, 27, 58),
    tickets(20, 810, 15, 155),
    tickets(15, 580, 8, 397)
  };

  private static final int[] MARRIAGE_AGES_WOMEN = {0, 20, 25, 30, 35, 45, 60, 70, 80};

  private static final Tickets[] MARRIAGE_WOMEN = {
    tickets(1000, 0, 0, 0),
    tickets(800, 196, 4, 0),
    tickets(330, 650, 20, 0),
    tickets(95, 865, 38, 2),
    tickets(30, 915, 47, 8),
    tickets(10, 900, 45, 45),
    tickets(5, 805, 25, 165),
    tickets(5, 600, 12, 383),
    tickets(5, 270, 5, 720)
  };

  private static final byte[] PUPIL = Facts.words("学生")[0];
  private static final byte[] RETIRED = Facts.words("退休人员")[0];
  private static final byte[] FARMER = Facts.words("农民")[0];
  private static final byte[][] TAUGHT_LITTLE =
      Facts.words("农民 农民 农民 农民 建筑工人 装配工 保洁员 保安员 快递员 货车司机 餐饮服务员 家政服务员 个体经营者 搬运工 纺织工");
  private static final byte[][] TAUGHT =
      Facts.words("农民 个体经营者 销售员 厨师 电工 焊工 出租车司机 文员 收银员 护士 会计 仓库管理员 汽车修理工 理发师 机械工 幼儿教师");
  private static final byte[][] TAUGHT_MUCH =
      Facts.words("中学教师 小学教师 软件工程师 机械工程师 医生 公务员 会计师 律师 产品经理 银行职员 记者 设计师 药剂师 研究员 大学教师 建筑师");

  private static Tickets tickets(long... perMille) {
    return Tickets.deal(perMille, BITS);
  }

  /** Fills occupation, education and marital status, in this order. */
  void write(ResidentNumbers.Place place, boolean urban, Dice dice, Row row) {
    long random = dice.next();
    int education = stage(EDUCATION_AGES, EDUCATION, place.age).draw(random);
    Tickets marriage =
        place.male()
            ? stage(MARRIAGE_AGES_MEN, MARRIAGE_MEN, place.age)
            : stage(MARRIAGE_AGES_WOMEN, MARRIAGE_WOMEN, place.age);
    if (place.age >= SCHOOL_AGE) {
      row.text().put(occupation(place, urban, education, dice));
    }
    row.endField();
    row.field(EDUCATIONS[education]);
    row.field(MARRIAGES[marriage.draw(random << BITS)]);
  }

  private static byte[] occupation(
      ResidentNumbers.Place place, boolean urban, int education, Dice dice) {
    if (place.age < 16 || (place.age < 23 && dice.chance(place.age < 19 ? 850 : 450))) {
      return PUPIL;
    }
    int retirement = place.male() ? 60 : 55;
    if (place.age >= retirement) {
      return urban || education > SENIOR_SECONDARY || dice.chance(350) ? RETIRED : FARMER;
    }
    byte[][] jobs =
        education >= UNDERGRADUATE
            ? TAUGHT_MUCH
            : education >= SENIOR_SECONDARY ? TAUGHT : TAUGHT_LITTLE;
    return jobs[dice.below(jobs.length)];
  }

  private static Tickets stage(int[] from, Tickets[] stages, int age) {
    int k = from.length - 1;
    while (from[k] > age) {
      k--;
    }
    return stages[k];
  }
}
