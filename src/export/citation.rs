//! How a clause is cited in a text, and a plan in a list of references (GB/T 7714-2015).

use crate::plan::Metadata;
use crate::project::PlanRecord;
use jiff::civil::Date;
use std::fmt::Write;

/// The citation of a clause that a person begins with: `厦门2017 (二)-1`.
pub const CITATION: &str = "{place}{years} {clause}";

/// The fields of a citation, as they stand in a template.
pub const FIELDS: [&str; 6] = ["{place}", "{years}", "{clause}", "{title}", "{issuer}", "{number}"];

/// Fills a template. A field that the plan says nothing of becomes nothing, and blanks are not doubled.
pub fn cite(template: &str, record: &PlanRecord, clause: &str) -> String {
    let metadata = &record.metadata;
    let values = [
        place(metadata),
        years(metadata, "-"),
        clause.to_owned(),
        title(record).to_owned(),
        text(metadata.issuer.as_ref()).to_owned(),
        text(metadata.document_number.as_ref()).to_owned(),
    ];
    let mut cited = template.to_owned();
    for (field, value) in FIELDS.iter().zip(values) {
        cited = cited.replace(field, &value);
    }
    cited.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateProblem {
    /// It has no words.
    Empty,
    /// Fields that there are not, as written: `{city}`.
    Unknown(Vec<String>),
    /// A bracket without its partner.
    Bracket,
}

/// Looks whether a template can be filled.
pub fn check_template(template: &str) -> Result<(), TemplateProblem> {
    if template.trim().is_empty() {
        return Err(TemplateProblem::Empty);
    }
    let (mut unknown, mut rest) = (Vec::new(), template);
    while let Some(open) = rest.find(['{', '}']) {
        let field = rest[open..].strip_prefix('{').and_then(|inner| Some(&inner[..inner.find(['{', '}'])?]));
        let Some(field) = field.filter(|field| rest[open + 1 + field.len()..].starts_with('}')) else {
            return Err(TemplateProblem::Bracket);
        };
        let written = &rest[open..open + field.len() + 2];
        if !FIELDS.contains(&written) {
            unknown.push(written.to_owned());
        }
        rest = &rest[open + written.len()..];
    }
    if unknown.is_empty() { Ok(()) } else { Err(TemplateProblem::Unknown(unknown)) }
}

/// The entry of a plan in a list of references: `厦门市卫生和计划生育委员会. 厦门市2017年卫生计生工作要点[Z/OL].
/// (2017-03-02)[2026-11-21]. https://…`. `accessed` is the day it was looked up, used where an address is known.
pub fn gb7714(record: &PlanRecord, accessed: Date) -> String {
    let metadata = &record.metadata;
    let (issuer, number) = (text(metadata.issuer.as_ref()), text(metadata.document_number.as_ref()));
    let mut entry = String::new();
    if !issuer.is_empty() {
        entry.push_str(issuer);
        entry.push_str(". ");
    }
    entry.push_str(title(record));
    if !number.is_empty() {
        entry.push_str(": ");
        entry.push_str(number);
    }
    let date = text(metadata.published.as_ref().or(metadata.date.as_ref()));
    match record.source.url.as_deref().filter(|url| !url.is_empty()) {
        Some(url) => {
            entry.push_str("[Z/OL]. ");
            if !date.is_empty() {
                let _ = write!(entry, "({date})");
            }
            let _ = write!(entry, "[{accessed}]. {url}.");
        }
        None if date.is_empty() => entry.push_str("[Z]."),
        None => drop(write!(entry, "[Z]. {date}.")),
    }
    entry
}

fn text(fact: Option<&crate::plan::Fact<String>>) -> &str {
    fact.map_or("", |fact| fact.value.as_str())
}

fn title(record: &PlanRecord) -> &str {
    record.metadata.title.as_ref().map_or(&record.source.file_name, |fact| &fact.value)
}

fn place(metadata: &Metadata) -> String {
    metadata.place.as_ref().map_or_else(String::new, |fact| fact.value.short().to_owned())
}

fn years(metadata: &Metadata, dash: &str) -> String {
    metadata.years.as_ref().map_or_else(String::new, |fact| match fact.value {
        (from, to) if from == to => from.to_string(),
        (from, to) => format!("{from}{dash}{to}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::SAMPLES;
    use jiff::Timestamp;

    fn record(index: usize) -> PlanRecord {
        let folder = tempfile::tempdir().unwrap();
        let (name, bytes) = SAMPLES[index];
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        crate::project::read_candidate(&path, Timestamp::UNIX_EPOCH).unwrap().record
    }

    #[test]
    fn a_clause_is_cited_by_the_template() {
        let record = record(0);
        let place = record.metadata.place.as_ref().unwrap().value.short().to_owned();
        let (from, to) = record.metadata.years.as_ref().unwrap().value;
        let years = if from == to { from.to_string() } else { format!("{from}-{to}") };
        assert_eq!(cite(CITATION, &record, "(二)-1"), format!("{place}{years} (二)-1"));
        let title = title(&record).to_owned();
        assert_eq!(cite("《{title}》{clause}", &record, "三"), format!("《{title}》三"));
        assert_eq!(cite("{unknown} x", &record, "三"), "{unknown} x");
    }

    #[test]
    fn a_template_that_cannot_be_filled_says_why() {
        let unknown = |fields: &[&str]| {
            Err(TemplateProblem::Unknown(fields.iter().map(|field| (*field).to_owned()).collect()))
        };
        let cases = [
            (CITATION, Ok(())),
            ("《{title}》第{clause}条", Ok(())),
            ("没有字段", Ok(())),
            (" ", Err(TemplateProblem::Empty)),
            ("{city} {clause} {页}", unknown(&["{city}", "{页}"])),
            ("{}", unknown(&["{}"])),
            ("{place {clause}", Err(TemplateProblem::Bracket)),
            ("{place}}", Err(TemplateProblem::Bracket)),
            ("{clause", Err(TemplateProblem::Bracket)),
        ];
        for (template, expect) in cases {
            assert_eq!(check_template(template), expect, "{template}");
        }
    }

    #[test]
    fn a_plan_is_listed_as_the_standard_says() {
        let mut record = record(0);
        let fact = |value: &str| {
            Some(crate::plan::Fact { value: value.to_owned(), evidence: crate::plan::Evidence::Reader })
        };
        record.metadata.title = fact("某市2024年工作要点");
        record.metadata.issuer = fact("某市卫生健康委员会");
        record.metadata.document_number = fact("某卫〔2024〕1号");
        record.metadata.published = fact("2024-03-02");
        record.source.url = None;
        let day = jiff::civil::date(2026, 11, 21);
        assert_eq!(
            gb7714(&record, day),
            "某市卫生健康委员会. 某市2024年工作要点: 某卫〔2024〕1号[Z]. 2024-03-02."
        );
        record.source.url = Some("http://a.gov.cn/1.html".to_owned());
        record.metadata.document_number = None;
        assert_eq!(
            gb7714(&record, day),
            "某市卫生健康委员会. 某市2024年工作要点[Z/OL]. (2024-03-02)[2026-11-21]. http://a.gov.cn/1.html."
        );
    }
}
