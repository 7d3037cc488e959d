//! A person's own settings, kept in the system's config folder, never in a project.

use crate::project::{PlanId, ProjectError, read_ron, write_ron};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// 简体中文
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English
    #[serde(rename = "en")]
    English,
}

impl Language {
    /// The system's language, Chinese for every Chinese locale and English otherwise. Where the system does
    /// not say, Chinese: it is the language of the plans.
    pub fn of_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if !locale.starts_with("zh") && locale != "C" && !locale.starts_with("C.") => {
                Self::English
            }
            _ => Self::Chinese,
        }
    }

    /// The IETF tag of the language.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Black on white.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// Brown on cream.
    Paper,
}

/// What a person set for all projects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Version of the file format.
    pub version: u32,
    /// Language; `None` follows the system.
    pub language: Option<Language>,
    /// Colours.
    pub theme: Theme,
    /// Size of the reading text in points, 13-28.
    pub reading_size: f32,
    /// Magnification of the whole window, 0.5-3.
    pub zoom: f32,
    /// What the library is grouped by.
    pub grouping: super::Grouping,
    /// What the library is sorted by.
    pub sorting: super::Sorting,
    /// Height of a line of reading text as a multiple of its size, 1.3-2.4.
    pub reading_leading: f32,
    /// Longest line of reading text in Han characters, 24-60.
    pub reading_chars: f32,
    /// How a clause is cited, see [`crate::export::cite`].
    pub citation: String,
    /// Name of the person who annotates.
    pub coder: String,
    /// Projects opened lately, the last first; at most 12.
    pub recent: Vec<PathBuf>,
    /// Pairs of plans compared lately, the last first; at most 12.
    pub recent_pairs: Vec<(PlanId, PlanId)>,
    /// Whether the left panel is open.
    pub left_open: bool,
    /// Whether the inspector is open.
    pub inspector_open: bool,
    /// Whether the welcome strip was closed.
    pub welcomed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        let coder = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
        Self {
            version: 1,
            language: None,
            theme: Theme::Light,
            reading_size: 17.0,
            zoom: 1.0,
            grouping: super::Grouping::None,
            sorting: super::Sorting::Place,
            reading_leading: 1.75,
            reading_chars: 42.0,
            citation: crate::export::CITATION.to_owned(),
            coder,
            recent: Vec::new(),
            recent_pairs: Vec::new(),
            left_open: true,
            inspector_open: true,
            welcomed: false,
        }
    }
}

/// Where the program keeps what belongs to the person and not to a project.
#[derive(Clone, Debug)]
pub struct Places {
    /// Settings.
    pub config: PathBuf,
    /// The sample project.
    pub data: PathBuf,
}

impl Places {
    /// The system's folders; `DUIZHAO_HOME` names another folder for both (portable use, tests).
    pub fn of_system() -> Option<Self> {
        if let Some(home) = std::env::var_os("DUIZHAO_HOME") {
            let home = PathBuf::from(home);
            return Some(Self { config: home.join("config"), data: home.join("data") });
        }
        let dirs = directories::ProjectDirs::from("", "", "duizhao")?;
        Some(Self { config: dirs.config_dir().to_owned(), data: dirs.data_local_dir().to_owned() })
    }

    /// `settings.ron`
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.ron")
    }

    /// The sample project's folder.
    pub fn sample(&self) -> PathBuf {
        self.data.join("sample-project")
    }
}

impl Settings {
    /// Reads the settings; defaults where there are none. A damaged file is told and not used.
    pub fn load(places: &Places) -> (Self, Option<ProjectError>) {
        let path = places.settings();
        if !path.exists() {
            return (Self::default(), None);
        }
        match read_ron::<Self>(&path) {
            Ok(settings) => (settings, None),
            Err(problem) => (Self::default(), Some(problem)),
        }
    }

    /// Writes the settings.
    pub fn save(&self, places: &Places) -> Result<(), ProjectError> {
        write_ron(&places.settings(), self).map(|_| ())
    }

    /// Puts a project first among the recent ones.
    pub fn remember(&mut self, root: &Path) {
        self.recent.retain(|recent| recent != root);
        self.recent.insert(0, root.to_owned());
        self.recent.truncate(12);
    }
}
