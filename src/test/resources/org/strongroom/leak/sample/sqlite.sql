PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE people(cert text primary key, who text not null, cell_no text, home text, mail text, born date, age integer, check(age>0));
INSERT INTO people VALUES('110101199003077731','王小明','13800138000','北京市东城区东华门街道1号','wang@example.com','1990-03-07',30);
INSERT INTO people VALUES('31010419851224101X','李娜','13912345678','上海市徐汇区漕溪北路398号 "A"座','li.na@example.org','1985-12-24',30);
INSERT INTO people VALUES('440305200002290029','张伟, 大','18600001111',replace('广东省深圳市南山区科苑路15号\n后门','\n',char(10)),'zhang@example.net','2000-02-29',30);
INSERT INTO people VALUES('510104197707010038','刘''芳','15911112222','四川省成都市锦江区春熙路\1号','liu@example.com','1977-07-01',30);
INSERT INTO people VALUES('650102196606060048','买买提·艾力','17700002222','新疆维吾尔自治区乌鲁木齐市天山区人民路2号',NULL,'1966-06-06',30);
COMMIT;
