#!/usr/bin/env python3
"""Writes residents the way another register would: other column names, other spellings.

It shares no code and no tables with Strongroom, so that a mistake in one does not hide in the
other. Standard library only. The same arguments give the same bytes.

    foreign_register.py --count 1000000 --format csv --truth truth.ndjson > register.csv
    foreign_register.py --columns english --print-map

What differs from our own spelling:
  columns   pinyin initials (XM, XB, ...) or English words (fullName, gender, ...), and one column
            that no collection knows (BZ, remark)
  sex       男/女 (pinyin) or 1/2 as GB/T 2261.1 has it (english); --sex overrules
  dates     yyyymmdd
  phones    +86 or not, with spaces or hyphens or none
  ID        15 digits for some of the older people, a lower-case x for some
  names     some with blanks around them, some with a middle dot
  address   some with commas or quotes, which CSV and JSON must protect

The truth file holds one line of JSON a record:
  {"n": ordinal from 1, "line": where the record begins in the output, from 1,
   "kept": true, "values": {what a register must hold after normalisation}}
  {"n": ..., "line": ..., "kept": false, "reason": kind, "field": "resident_id"}
"""

import argparse
import csv
import datetime
import json
import random
import sys

COUNTIES = [
    ("110105", "北京市朝阳区"), ("110108", "北京市海淀区"), ("120103", "天津市河西区"),
    ("130102", "河北省石家庄市长安区"), ("140105", "山西省太原市小店区"), ("150102", "内蒙古自治区呼和浩特市新城区"),
    ("210102", "辽宁省沈阳市和平区"), ("210202", "辽宁省大连市中山区"), ("220102", "吉林省长春市南关区"),
    ("230102", "黑龙江省哈尔滨市道里区"), ("310104", "上海市徐汇区"), ("310115", "上海市浦东新区"),
    ("320102", "江苏省南京市玄武区"), ("330106", "浙江省杭州市西湖区"), ("340104", "安徽省合肥市蜀山区"),
    ("350102", "福建省福州市鼓楼区"), ("360102", "江西省南昌市东湖区"), ("370102", "山东省济南市历下区"),
    ("370202", "山东省青岛市市南区"), ("410102", "河南省郑州市中原区"), ("411322", "河南省南阳市方城县"),
    ("420106", "湖北省武汉市武昌区"), ("430104", "湖南省长沙市岳麓区"), ("440106", "广东省广州市天河区"),
    ("440305", "广东省深圳市南山区"), ("450103", "广西壮族自治区南宁市青秀区"), ("460105", "海南省海口市秀英区"),
    ("500103", "重庆市渝中区"), ("510107", "四川省成都市武侯区"), ("520102", "贵州省贵阳市南明区"),
    ("530102", "云南省昆明市五华区"), ("540102", "西藏自治区拉萨市城关区"), ("610113", "陕西省西安市雁塔区"),
    ("620102", "甘肃省兰州市城关区"), ("630104", "青海省西宁市城西区"), ("640104", "宁夏回族自治区银川市兴庆区"),
    ("650102", "新疆维吾尔自治区乌鲁木齐市天山区"),
]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余"
MEN = "伟强磊军洋勇杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建亮成东志宏国文"
WOMEN = "芳娜敏静丽艳娟霞秀燕玲桂兰英红梅莉萍雪琳婷慧颖倩莹洁玉晶欣怡佳蕾薇菲雯琴云珍月凤"
DOTTED = ["阿依古丽·买买提", "努尔兰·赛力克", "玛依拉·吐尔逊", "阿迪力·艾山"]
ETHNICITIES = ["汉"] * 46 + ["壮", "回", "满", "苗"]
ROADS = ["人民路", "解放路", "建设大街", "中山北路", "和平西街", "新华路", "文化巷", "长江大道"]
PREFIXES = [
    130, 131, 132, 133, 135, 136, 137, 138, 139, 150, 151, 152, 153, 155, 156, 157, 158, 159,
    173, 176, 177, 180, 181, 182, 183, 185, 186, 187, 188, 189, 198, 199,
]

FIELDS = ["resident_id", "name", "sex", "date_of_birth", "phone", "address", "ethnicity", "email"]
COLUMNS = {
    "pinyin": ["ZJHM", "XM", "XB", "CSRQ", "SJHM", "ZZ", "MZ", "YX", "BZ"],
    "english": ["idCard", "fullName", "gender", "birthday", "mobile", "homeAddress", "nation",
                "mailbox", "remark"],
}
SEXES = {"words": {"male": "男", "female": "女"}, "codes": {"male": "1", "female": "2"}}

FIRST_DAY = datetime.date(1930, 1, 1)
DAYS = [FIRST_DAY + datetime.timedelta(k) for k in range(90 * 365)]
BIRTHS = [(d.strftime("%Y%m%d"), d.isoformat()) for d in DAYS]
SEQUENCES = 999
# 15-digit numbers were given out until 1999, and mean births in the 20th century.
OLD_FORM_UNTIL = "19850101"


def check_character(first17):
    """GB 11643-1999: the weights 2^(17-k) mod 11, from the left."""
    total = 0
    for digit in first17:
        total = (total + int(digit)) * 2 % 11
    return "0123456789X"[(12 - total) % 11]


class Register:
    """Draws (county, birthday, sequence) and phones without repetition: an affine permutation."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.people = len(COUNTIES) * len(BIRTHS) * SEQUENCES
        self.phones = len(PREFIXES) * 10**8
        self.person_start = self.random.randrange(self.people)
        self.phone_start = self.random.randrange(self.phones)

    def person(self, n):
        # 982451653 is a prime that divides neither space, so neither repeats.
        place = (self.person_start + n * 982451653) % self.people
        place, county = divmod(place, len(COUNTIES))
        sequence, day = divmod(place, len(BIRTHS))
        return county, day, sequence + 1

    def phone(self, n):
        prefix, line = divmod((self.phone_start + n * 982451653) % self.phones, 10**8)
        return "%d%08d" % (PREFIXES[prefix], line)

    def record(self, n):
        """What is so, and how it is spelt: two dicts by field."""
        rnd = self.random.random
        county, day, sequence = self.person(n)
        code, region = COUNTIES[county]
        compact, iso = BIRTHS[day]
        sex = "male" if sequence % 2 else "female"
        first17 = "%s%s%03d" % (code, compact, sequence)
        resident_id = first17 + check_character(first17)
        if rnd() < 0.002:
            name = DOTTED[int(rnd() * len(DOTTED))]
        else:
            given = MEN if sex == "male" else WOMEN
            name = SURNAMES[int(rnd() ** 2 * len(SURNAMES))] + given[int(rnd() * len(given))]
            if rnd() < 0.7:
                name += given[int(rnd() * len(given))]
        address = "%s%s%d号%d栋%d室" % (
            region, ROADS[int(rnd() * len(ROADS))], 1 + int(rnd() * 900), 1 + int(rnd() * 30),
            101 + int(rnd() * 2500))
        luck = rnd()
        if luck < 0.01:
            address += ', "北门"'
        elif luck < 0.02:
            address += ", 2/F"
        phone = self.phone(n)
        email = "user%d@mail.example.com" % n if rnd() < 0.2 else ""
        truth = {
            "resident_id": resident_id, "name": name, "sex": sex, "date_of_birth": iso,
            "phone": "+86" + phone, "address": address,
            "ethnicity": ETHNICITIES[int(rnd() * len(ETHNICITIES))], "email": email,
        }
        spelt = dict(truth)
        spelt["date_of_birth"] = compact
        spelt["phone"] = spell_phone(phone, rnd())
        luck = rnd()
        if compact < OLD_FORM_UNTIL and luck < 0.15:
            spelt["resident_id"] = first17[:6] + first17[8:]
        elif luck < 0.5:
            spelt["resident_id"] = resident_id.lower()
        if rnd() < 0.005:
            spelt["name"] = " " + name + " "
        if not email:
            del truth["email"]
        return truth, spelt


def spell_phone(phone, luck):
    if luck < 0.4:
        return phone
    parts = (phone[:3], phone[3:7], phone[7:])
    if luck < 0.55:
        return "-".join(parts)
    if luck < 0.7:
        return " ".join(parts)
    if luck < 0.8:
        return "%s-%s %s" % parts
    if luck < 0.9:
        return "+86" + phone
    return "+86 " + " ".join(parts)


def wrong_check_character(spelt, truth):
    right = truth["resident_id"]
    wrong = "0123456789X"[("0123456789X".index(right[17]) + 1) % 11]
    spelt["resident_id"] = right[:17] + wrong


def unknown_province(spelt, truth):
    first17 = "99" + truth["resident_id"][2:17]
    spelt["resident_id"] = first17 + check_character(first17)


def impossible_id_date(spelt, truth):
    first17 = truth["resident_id"][:10] + "0230" + truth["resident_id"][14:17]
    spelt["resident_id"] = first17 + check_character(first17)


def setter(field, value):
    def break_it(spelt, truth):
        spelt[field] = value
    return break_it


# kind: (the field that is wrong, how it is made wrong)
BREAKS = {
    "id_check_digit": ("resident_id", wrong_check_character),
    "id_province": ("resident_id", unknown_province),
    "id_date": ("resident_id", impossible_id_date),
    "id_length": ("resident_id", lambda spelt, truth:
                  spelt.__setitem__("resident_id", truth["resident_id"][:17])),
    "id_missing": ("resident_id", setter("resident_id", "")),
    "name_missing": ("name", setter("name", "")),
    "date_impossible": ("date_of_birth", setter("date_of_birth", "19850230")),
    "date_future": ("date_of_birth", setter("date_of_birth", "29990101")),
    "phone_invalid": ("phone", setter("phone", "12345")),
    "sex_unknown": ("sex", setter("sex", "?")),
}


class Writer:
    """Writes records and knows on which line the next one begins."""

    def __init__(self, out, form, columns):
        self.out = out
        self.form = form
        self.columns = columns
        self.line = 1
        self.first = True
        if form == "csv":
            self.csv = csv.writer(out, lineterminator="\n")
            self.csv.writerow(columns)
            self.line = 2
        elif form == "json":
            out.write("[")
            self.line = 2
            self.keys = ['\n        "%s": ' % column for column in columns]

    def write(self, n, values):
        """Returns the line on which the record begins."""
        began = self.line
        if self.form == "csv":
            self.csv.writerow(values)
            self.line += 1
            return began
        if self.form == "json":
            quote = json.encoder.encode_basestring
            body = ",".join([k + quote(v) for k, v in zip(self.keys, values)])
            self.out.write(("\n    {" if self.first else ",\n    {") + body + "\n    }")
            self.first = False
            self.line += len(values) + 2
            return began
        record = dict(zip(self.columns, values))
        if self.form == "es":
            record = {"_index": "register", "_type": "_doc", "_id": "r%d" % n, "_score": 1,
                      "_source": record}
        self.out.write(ENCODE(record) + "\n")
        self.line += 1
        return began

    def close(self):
        if self.form == "json":
            self.out.write("\n]\n")


ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000, help="how many records (1000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed, another register (1)")
    parser.add_argument("--format", choices=["csv", "json", "ndjson", "es"], default="csv",
                        help="json: one indented array; es: lines of an Elasticsearch dump")
    parser.add_argument("--columns", choices=sorted(COLUMNS), default="pinyin")
    parser.add_argument("--sex", choices=sorted(SEXES), help="words: 男/女; codes: 1/2")
    parser.add_argument("--broken", type=float, default=0, metavar="P",
                        help="share of records broken on purpose, 0 to 1 (0)")
    parser.add_argument("--kinds", default=",".join(BREAKS),
                        help="kinds of break, in turn (all: %(default)s)")
    parser.add_argument("--out", metavar="FILE", help="instead of standard output")
    parser.add_argument("--truth", metavar="FILE", help="where to write what is so")
    parser.add_argument("--print-map", action="store_true",
                        help="print COLUMN=field, one a line, and stop")
    given = parser.parse_args()
    given.kinds = given.kinds.split(",")
    unknown = [kind for kind in given.kinds if kind not in BREAKS]
    if unknown:
        parser.error("unknown kind of break: " + ", ".join(unknown))
    if given.count < 0 or not 0 <= given.broken <= 1:
        parser.error("--count must not be negative, --broken lies between 0 and 1")
    return given


def generate(given, out, truth_out):
    columns = COLUMNS[given.columns]
    sexes = SEXES[given.sex or {"pinyin": "words", "english": "codes"}[given.columns]]
    register = Register(given.seed)
    # Of its own, so that the other records are the same whatever share is broken.
    breaking = random.Random("break %d" % given.seed)
    writer = Writer(out, given.format, columns)
    broken = 0
    for n in range(1, given.count + 1):
        truth, spelt = register.record(n)
        spelt["sex"] = sexes[truth["sex"]]
        kind = None
        if given.broken and breaking.random() < given.broken:
            kind = given.kinds[broken % len(given.kinds)]
            broken += 1
            field, break_it = BREAKS[kind]
            break_it(spelt, truth)
        values = [spelt[field] for field in FIELDS]
        values.append("" if n % 10 else "已核对")
        line = writer.write(n, values)
        if truth_out is None:
            continue
        if kind is None:
            told = {"n": n, "line": line, "kept": True, "values": truth}
        else:
            told = {"n": n, "line": line, "kept": False, "reason": kind, "field": field}
        truth_out.write(ENCODE(told) + "\n")
    writer.close()


def main():
    given = arguments()
    if given.print_map:
        for column, field in zip(COLUMNS[given.columns], FIELDS):
            print("%s=%s" % (column, field))
        return
    out = open(given.out, "w", encoding="utf-8", newline="") if given.out else open(
        sys.stdout.fileno(), "w", encoding="utf-8", newline="", closefd=False)
    truth_out = open(given.truth, "w", encoding="utf-8", newline="") if given.truth else None
    try:
        generate(given, out, truth_out)
    finally:
        out.close()
        if truth_out is not None:
            truth_out.close()


if __name__ == "__main__":
    main()
