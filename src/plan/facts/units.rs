//! Units of quantities, and the words right behind them, as lists.

use crate::plan::Comparator::{self, About, AtLeast, AtMost, Below};

/// Shares and rates, with the one spelling they are given in.
pub(super) const RATES: &[(&str, &str)] = &[
    ("%", "%"), ("‰", "‰"), ("/10万", "1/10万"), ("/十万", "1/10万"), ("/100000", "1/10万"), ("/万", "1/万"),
    ("/千", "‰"), ("个千分点", "个千分点"), ("个百分点", "个百分点"), ("百分点", "个百分点"),
    ("percent", "%"),
];

/// What levels are measured in.
pub(super) const LEVELS: &[&str] = &[
    "周岁", "岁", "元", "美元", "平方米", "平方公里", "公里", "米", "亩", "公顷", "吨", "千克", "毫克", "克",
    "毫升", "升", "微克/立方米", "倍", "分", "级", "分钟", "小时", "秒", "天", "微克", "毫克/升", "㎡",
    "μg/m3", "μg/m³", "ug/m3", "微克每立方米", "g", "册", "立方米",
];

/// What things and people are counted in.
pub(super) const COUNTS: &[&str] = &[
    "个", "家", "所", "名", "人", "位", "项", "种", "类", "场", "场次", "次", "人次", "辆", "台", "台套",
    "台(套)", "套", "支", "处", "座", "条", "件", "批次", "例", "户", "对", "组", "门", "期", "篇", "部",
    "份", "张", "床", "间", "栋", "片", "款", "块", "枚", "只", "艘", "架", "节", "支队伍", "家次", "户次",
    "对次", "例次", "剂次", "万剂次", "剂", "人份",
];

/// Units of time and order: what they count is never a thing to reach by itself.
pub(super) const NEVER: &[&str] = &[
    "年", "个月", "月", "日", "周年", "周", "个工作日", "工作日", "个学时", "学时", "课时", "个小时", "届",
    "号", "时", "点", "季度", "世纪", "个季度", "个周期", "个年度", "学分", "个自然日", "年期",
];

/// Powers of ten between number and unit.
pub(super) const MULTIPLIERS: &[&str] = &[
    "万", "亿", "千", "百万", "千万", "万亿", "百", "十万", "余万",
];

/// What may follow a unit: `张/千人`.
pub(super) const PER: &[&str] = &[
    "/千人", "/万人", "/人", "/人年", "/年", "/天", "/日", "/人·年", "/万车",
];

/// Words behind a quantity that bound it.
pub(super) const BOUNDS: &[(&str, Comparator)] = &[
    ("以上", AtLeast), ("及以上", AtLeast), ("或以上", AtLeast), ("(含)以上", AtLeast), ("以下", Below),
    ("及以下", AtMost), ("(含)以下", AtMost), ("以内", AtMost), ("之内", AtMost), ("左右", About),
    ("上下", About), ("(以上)", AtLeast), ("(含)以内", AtMost),
];
