//! The forms of a release that are files: their names, types and writers.
//!
//! Guarantee: the same bytes for the same release, words and program, whoever asks.

use crate::domain::Codebook;
use crate::domain::release::Release;

use super::{ReportError, csv, datapackage, dhis2, json, registry, xlsx};

/// A file that a release can be had as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// The release itself.
    Json,
    /// One tidy table.
    Csv,
    /// Description of the CSV (Frictionless).
    Datapackage,
    /// A workbook: the table, and notes.
    Xlsx,
    /// Data values for DHIS2.
    Dhis2,
    /// An entry for the registry of deployments.
    Registry,
}

/// What a form may need beside the release; all of it is public.
#[derive(Clone, Debug, Default)]
pub struct ExportContext {
    /// Labels and codes of the programme file that the release names.
    pub codebook: Codebook,
    /// Hex SHA-256 of the release file.
    pub sha256: String,
    /// Name of the CSV that a description speaks of.
    pub csv_name: String,
}

impl ExportFormat {
    /// Every form, the release itself first.
    pub const ALL: [Self; 6] = [Self::Json, Self::Csv, Self::Datapackage, Self::Xlsx, Self::Dhis2, Self::Registry];

    /// End of the file's name, without the point before it.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Datapackage => "datapackage.json",
            Self::Xlsx => "xlsx",
            Self::Dhis2 => "dhis2.json",
            Self::Registry => "registry.yaml",
        }
    }

    /// Media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::Datapackage | Self::Dhis2 => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Registry => "application/yaml",
        }
    }

    /// Whether a browser should save it rather than show it.
    #[must_use]
    pub const fn is_saved(self) -> bool {
        matches!(self, Self::Csv | Self::Xlsx | Self::Dhis2 | Self::Registry)
    }

    /// Whether it is text; anything else does not belong on a terminal.
    #[must_use]
    pub const fn is_text(self) -> bool {
        !matches!(self, Self::Xlsx)
    }

    /// The form with this ending.
    #[must_use]
    pub fn of(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.ending() == ending)
    }

    /// The file.
    ///
    /// # Errors
    /// What the form cannot say, see [`ReportError`].
    pub fn write(self, release: &Release, beside: &ExportContext) -> Result<Vec<u8>, ReportError> {
        match self {
            Self::Json => json::write(release),
            Self::Csv => csv::write(release),
            Self::Datapackage => datapackage::write(release, &beside.csv_name),
            Self::Xlsx => xlsx::write(release, beside),
            Self::Dhis2 => dhis2::write(release, &beside.codebook.dhis2),
            Self::Registry => Ok(registry::write(release, beside)),
        }
    }

    /// What the programme file does not say and this form would need, with what stands in its place.
    #[must_use]
    pub fn gaps(self, release: &Release, codebook: &Codebook) -> Option<&'static str> {
        match self {
            Self::Dhis2 if !dhis2::has_all_codes(release, &codebook.dhis2) => Some(
                "the programme file gives no codes in [dhis2], or not all: ids stand in their place, and a DHIS2 \
                 instance must know them as codes",
            ),
            Self::Registry if !registry::has_all_words(&codebook.registry) => Some(
                "the programme file does not say all of curators, authors and region in [registry]: look at them \
                 before you send the entry",
            ),
            _ => None,
        }
    }
}
