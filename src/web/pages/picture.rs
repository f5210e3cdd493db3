//! Small pictures beside the counts, drawn for this form.
//!
//! Each is the path of a 24 × 24 line drawing. A measure of a programme's own
//! gets a plain one: a picture helps, and the words say what is meant.

/// The picture of a measure.
pub(super) fn of(measure: &str) -> &'static str {
    match measure {
        // Two people.
        "contacts" => {
            "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M2 20c0-4 2.5-6 6-6s6 2 6 6M16 11a2.5 2.5 0 1 0 0-5M17 14c3 0 5 2 5 5"
        }
        // One person and a plus.
        "contacts_new" => "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6M3 20c0-4 2.5-6 6-6s6 2 6 6M19 7v6M16 10h6",
        // A packet and an arrow out of it.
        "syringes_out" => "M4 11v9h16v-9M4 11l3-3M20 11l-3-3M12 16V3M8 7l4-4 4 4",
        // An arrow into a bin.
        "sharps_in" => "M5 12l1.5 9h11L19 12M3 12h18M12 2v7M9 6l3 3 3-3",
        // A cross in a shield.
        "naloxone_out" => "M12 2l8 3v7c0 5-4 8-8 10-4-2-8-5-8-10V5zM12 8v7M8.5 11.5h7",
        // A strip with a mark.
        "checking_strips" => "M8 2h8v20H8zM8 8h8M10.5 12.5l1.5 1.5 2.5-3",
        // A signpost.
        "referrals" => "M12 2v20M12 5h7l2.5 2.5L19 10h-7M12 12H5l-2.5 2.5L5 17h7",
        // A bag.
        "inhalation_kits" => "M5 8h14l1 13H4zM9 8V6a3 3 0 0 1 6 0v2",
        _ => "M4 6h3M4 12h3M4 18h3M10 6h10M10 12h10M10 18h10",
    }
}
