//! What is being typed into a field whose words belong to the state: sent as they change, but never the letters of an
//! input method at work, which are not yet words.

/// The words of a field.
#[derive(Debug, Default)]
pub struct Typed {
    /// What the field shows.
    pub words: String,
    /// What was sent last.
    sent: String,
}

impl Typed {
    /// Takes over what the state holds, where that changed elsewhere.
    pub fn follow(&mut self, stored: &str) {
        if stored != self.sent {
            stored.clone_into(&mut self.words);
            stored.clone_into(&mut self.sent);
        }
    }

    /// The words to send, where they changed.
    pub fn take_change(&mut self, composing: bool) -> Option<String> {
        if composing || self.words == self.sent {
            return None;
        }
        self.sent.clone_from(&self.words);
        Some(self.words.clone())
    }
}

/// What is being typed into a field that counts only when the field is left: a name, a template.
#[derive(Debug, Default)]
pub struct Held {
    words: Option<String>,
}

impl Held {
    /// What the field shows: what is being typed, else what the state holds.
    pub fn words(&mut self, stored: &str) -> &mut String {
        self.words.get_or_insert_with(|| stored.to_owned())
    }

    /// Call it behind the field. Gives the words where the field was left and they are others than `stored`. Words
    /// that are not `sound` stay in the field, to be mended.
    pub fn take(&mut self, field: &egui::Response, stored: &str, sound: bool) -> Option<String> {
        if field.has_focus() || !sound {
            return None;
        }
        self.words.take().filter(|words| field.lost_focus() && words != stored)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sent_once_and_not_while_they_are_composed() {
        let mut typed = Typed { words: "kong".into(), ..Typed::default() };
        assert_eq!(typed.take_change(true), None);
        typed.words = "控烟".into();
        assert_eq!(typed.take_change(false).as_deref(), Some("控烟"));
        assert_eq!(typed.take_change(false), None);
        typed.follow("控烟");
        assert_eq!(typed.words, "控烟");
        typed.follow("禁烟");
        assert_eq!(typed.take_change(false), None);
        assert_eq!(typed.words, "禁烟");
    }
}
