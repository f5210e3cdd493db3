//! The languages there are texts for.

use super::text;

/// A language of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English
    En,
    /// French
    Fr,
    /// Spanish
    Es,
    /// German
    De,
    /// Portuguese
    Pt,
    /// Dutch
    Nl,
    /// Arabic
    Ar,
}

impl Lang {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::En, Self::Fr, Self::Es, Self::De, Self::Pt, Self::Nl, Self::Ar];

    /// The language of a code such as `pt` or `pt-br`.
    #[must_use]
    pub fn of(code: &str) -> Option<Self> {
        let language = code.split('-').next()?;
        Self::ALL.into_iter().find(|lang| lang.code() == language)
    }

    /// Its code (BCP 47).
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
            Self::Es => "es",
            Self::De => "de",
            Self::Pt => "pt",
            Self::Nl => "nl",
            Self::Ar => "ar",
        }
    }

    /// Its name in itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
            Self::Es => "Español",
            Self::De => "Deutsch",
            Self::Pt => "Português",
            Self::Nl => "Nederlands",
            Self::Ar => "العربية",
        }
    }

    /// `ltr` or `rtl`, as HTML writes it.
    #[must_use]
    pub fn dir(self) -> &'static str {
        if self.is_rtl() { "rtl" } else { "ltr" }
    }

    /// Whether it runs from right to left.
    #[must_use]
    pub fn is_rtl(self) -> bool {
        self == Self::Ar
    }

    /// Whether its texts are the original or were read by a native speaker.
    #[must_use]
    pub fn is_checked(self) -> bool {
        text::is_checked(self)
    }
}
