//! What a column is called, in whatever language and spelling.

use unicode_normalization::UnicodeNormalization;

/// A word without case, accents and signs, `_` between its parts: `Leucocytes/µL` is `leucocytes_ul`.
pub fn plain(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.trim().nfkd().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'μ' => plain.push('u'),
            'œ' => plain.push_str("oe"),
            c if c.is_alphanumeric() => plain.push(c),
            _ if plain.is_empty() || plain.ends_with('_') => {}
            _ => plain.push('_'),
        }
    }
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

/// A column that means something here: its name, other names of it, and those of French alone, as [`plain`] writes
/// them.
struct Heading {
    name: &'static str,
    also: &'static str,
    french: &'static str,
}

const fn heading(name: &'static str, also: &'static str, french: &'static str) -> Heading {
    Heading { name, also, french }
}

const HEADINGS: [Heading; 40] = [
    heading("id", "", "identifiant"),
    heading(
        "slide",
        "slide_id slide_number slide_no",
        "lame id_lame n_lame no_lame num_lame numero_lame numero_de_lame numero_de_la_lame n_de_lame",
    ),
    heading("film", "", "preparation type_de_lame type_lame type_de_preparation"),
    heading(
        "pictures",
        "images picture image photos photo photographs",
        "photographies chemin chemins dossier_images dossier_des_images dossier_photos",
    ),
    heading(
        "wbc_per_ul",
        "wbc_ul wbc_mm3 wbc_per_mm3 white_cells_per_ul white_cells_ul",
        "leucocytes_ul leucocytes_par_ul leucocytes_mm3 leucocytes_par_mm3 globules_blancs_ul globules_blancs_par_ul \
         globules_blancs_mm3 globules_blancs_par_mm3 gb_ul gb_par_ul gb_mm3 gb_par_mm3",
    ),
    heading(
        "rbc_per_ul",
        "rbc_ul rbc_mm3 rbc_per_mm3 red_cells_per_ul red_cells_ul",
        "hematies_ul hematies_par_ul hematies_mm3 hematies_par_mm3 globules_rouges_ul globules_rouges_par_ul \
         globules_rouges_mm3 globules_rouges_par_mm3 gr_ul gr_par_ul gr_mm3 gr_par_mm3",
    ),
    heading("um_per_px", "um_px um_per_pixel um_pixel", "echelle echelle_um_px um_par_px um_par_pixel"),
    heading(
        "date",
        "blood_taken collected collected_on date_collected collection_date",
        "date_prelevement date_de_prelevement date_du_prelevement preleve_le sang_preleve",
    ),
    heading("read_on", "date_read reading_date", "date_lecture date_de_lecture lu_le lue_le"),
    heading("site", "facility health_facility", "formation_sanitaire centre_de_sante structure_de_sante"),
    heading("age", "age_years", "age_ans age_annees age_en_annees"),
    heading("sex", "gender", "sexe"),
    heading("pregnant", "pregnancy", "enceinte grossesse femme_enceinte"),
    heading("species", "", "espece especes"),
    heading("objective", "", "objectif"),
    heading("stain", "", "coloration colorant"),
    heading("reader", "read_by microscopist", "lecteur lectrice lu_par lue_par technicien microscopiste"),
    heading(
        "patient_id",
        "patient_number patient_no",
        "id_patient no_patient n_patient numero_patient numero_du_patient numero_de_patient code_patient matricule",
    ),
    heading("ward", "", "service salle"),
    heading(
        "order",
        "order_number order_id order_no",
        "demande no_demande n_demande numero_demande numero_de_demande bon_d_examen",
    ),
    heading(
        "specimen",
        "specimen_number specimen_id specimen_no sample sample_id",
        "echantillon no_echantillon n_echantillon numero_echantillon numero_d_echantillon no_prelevement n_prelevement \
         numero_prelevement numero_de_prelevement",
    ),
    heading("parasites", "", "parasites_comptes"),
    heading("wbc_counted", "white_cells_counted", "leucocytes_comptes globules_blancs_comptes gb_comptes"),
    heading("fields", "fields_valid", "champs champs_examines"),
    heading("gametocytes", "", "gametocytes_comptes"),
    heading("infected_rbc", "infected_red_cells", "hematies_parasitees hematies_infectees"),
    heading("rbc_counted", "red_cells_counted", "hematies_comptees globules_rouges_comptes gr_comptes"),
    heading("profile", "", "profil"),
    heading("reader_a", "reader_1", "lecteur_a lecteur_1"),
    heading("reader_b", "reader_2", "lecteur_b lecteur_2"),
    heading("reader_c", "reader_3", "lecteur_c lecteur_3"),
    heading("d0_density", "day0", "densite_j0"),
    heading("followup_days", "follow_up", "jours_de_suivi"),
    heading("visits", "visits_day_density_temp_danger", "visites"),
    heading("true_positive", "", "reference_positif"),
    heading("true_species", "", "reference_espece"),
    heading("true_density", "", "reference_densite"),
    heading("reader_positive", "", "lecteur_positif"),
    heading("reader_species", "", "lecteur_espece"),
    heading("reader_density", "", "lecteur_densite"),
];

/// Columns that say who the patient is; they are read by nobody here and enter no table.
const IDENTITY: &str = "patient_name name full_name first_name last_name surname given_name family_name birth_date \
                        date_of_birth dob phone telephone tel address nom noms prenom prenoms nom_prenom nom_et_prenom \
                        nom_prenoms nom_et_prenoms nom_patient nom_du_patient nom_de_famille date_naissance \
                        date_de_naissance adresse";

/// What a column is called here, and whether its name is French; `None` for one that means nothing here.
pub fn canonical(name: &str) -> Option<(&'static str, bool)> {
    let plain = plain(name);
    // A heading of nothing is the name of no column: a list that is empty would hold it.
    let has = |list: &str| !plain.is_empty() && list.split(' ').any(|word| word == plain);
    HEADINGS.iter().find_map(|heading| {
        if heading.name == plain || has(heading.also) {
            Some((heading.name, false))
        } else {
            has(heading.french).then_some((heading.name, true))
        }
    })
}

/// Whether a column says who the patient is, by name, birth, address or telephone.
pub fn is_identity(name: &str) -> bool {
    let plain = plain(name);
    IDENTITY.split(' ').any(|word| word == plain)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_in_any_spelling() {
        for (written, wanted) in [
            ("Leucocytes/µL", "leucocytes_ul"),
            ("Leucocytes/\u{3bc}l", "leucocytes_ul"),
            ("Âge (ans)", "age_ans"),
            ("N° de lame", "n_de_lame"),
            ("Date de pre\u{301}le\u{300}vement", "date_de_prelevement"),
            ("  WBC-per-uL ", "wbc_per_ul"),
            ("leucocytes / mm³", "leucocytes_mm3"),
            ("", ""),
            ("°", ""),
        ] {
            assert_eq!(plain(written), wanted, "{written}");
        }
    }

    #[test]
    fn headings_of_a_french_register() {
        for (written, wanted) in [
            ("Numéro de lame", "slide"),
            ("N°\u{a0}lame", "slide"),
            ("Préparation", "film"),
            ("Leucocytes/mm³", "wbc_per_ul"),
            ("Date de prélèvement", "date"),
            ("Hématies parasitées", "infected_rbc"),
            ("Service", "ward"),
        ] {
            assert_eq!(canonical(written), Some((wanted, true)), "{written}");
        }
        assert_eq!(canonical("WBC per µL"), Some(("wbc_per_ul", false)));
        assert_eq!(canonical("Remarques"), None);
        for empty in ["", " ", "°", "--"] {
            assert_eq!(canonical(empty), None, "{empty}");
        }
        assert!(is_identity("Nom et prénoms") && is_identity("Name") && !is_identity("nombre"));
    }

    #[test]
    fn no_name_means_two_columns() {
        let mut seen = BTreeSet::new();
        for heading in &HEADINGS {
            let all = [heading.name, heading.also, heading.french].join(" ");
            for name in all.split(' ').filter(|name| !name.is_empty()) {
                assert_eq!(plain(name), name);
                assert!(seen.insert(name.to_owned()) && !is_identity(name), "{name} twice");
            }
        }
    }
}
