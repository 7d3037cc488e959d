//! Fixed words of a comparison: what a standing, a presence or a caution is called.

use super::ComparisonTables;
use crate::export::Language;
use crate::insight::{Basis, Caution, Difference, Domains, Presence, Standing, Subject};

impl ComparisonTables<'_> {
    /// Name and code of what a row counts.
    pub(super) fn subject(&self, subject: &Subject) -> (String, String) {
        match subject {
            Subject::Domain(id) => {
                let name = Domains::builtin().get(id).map(|domain| self.language.say(&domain.zh, &domain.en));
                (name.unwrap_or(id).clone(), id.clone())
            }
            Subject::Tag(id) => {
                let name = self.book.tag(id).map_or(id.0.as_str(), |tag| match self.language {
                    Language::Chinese => &tag.zh,
                    Language::English => &tag.en,
                });
                (name.to_owned(), id.0.clone())
            }
        }
    }

    pub(super) fn presence(&self, presence: Presence) -> &'static str {
        match presence {
            Presence::Both => self.language.say("都有", "both"),
            Presence::OnlyA => self.language.say("仅A", "only A"),
            Presence::OnlyB => self.language.say("仅B", "only B"),
            Presence::Neither => self.language.say("都无", "neither"),
        }
    }

    pub(super) fn standing(&self, standing: &Standing) -> String {
        let say = |zh, en| self.language.say(zh, en);
        match standing {
            Standing::Comparable { .. } => say("可比", "comparable").to_owned(),
            Standing::OnlyA => say("仅A", "only A").to_owned(),
            Standing::OnlyB => say("仅B", "only B").to_owned(),
            Standing::Different(differences) => {
                let named = differences.iter().map(|difference| match difference {
                    Difference::Year => say("年份", "year"),
                    Difference::Unit => say("单位", "unit"),
                    Difference::Kind => say("口径", "kind"),
                    Difference::Base => say("基年", "base year"),
                    Difference::Bound => say("方向", "bound"),
                    Difference::Value => say("数值", "value"),
                    Difference::Aim => say("仅有基期值", "baseline alone"),
                });
                let named: Vec<_> = named.collect();
                format!("{}{}", say("不同:", "different: "), named.join(say("、", ", ")))
            }
        }
    }

    pub(super) fn caution(&self, caution: Caution) -> String {
        let say = |zh, en| self.language.say(zh, en);
        match caution {
            Caution::Genre => {
                say("文种不同,看占比而不看条数", "genres differ: read shares, not counts").to_owned()
            }
            Caution::Years => say("年份不同", "they are for different years").to_owned(),
            Caution::Length(ratio) => {
                format!("{}{ratio:.1}", say("篇幅相差倍数:", "lengths differ by a factor of "))
            }
            Caution::FewItems => {
                say("条款过少,可能未识别出大纲", "few items: the outline may not have been found").to_owned()
            }
        }
    }

    pub(super) fn basis(&self, basis: Basis) -> &'static str {
        match basis {
            Basis::Suggested => self
                .language
                .say("程序建议的主题(未经人工编码)", "themes suggested by the program, not coded by people"),
            Basis::Tagged => self.language.say("人工编码", "tags given by coders"),
        }
    }
}
