//! Step 5: the home.

use super::catalog::{HOSTELS, OCCUPANCIES};
use super::communes::{self, Commune};
use super::facts::{Datum, Fact, Owner};
use super::people::state_since;
use super::reader::{Reader, UNKNOWN};
use crate::rights::fr;
use web::form::Fields;

pub const COMMUNE: &str = "h.commune";
/// The commune chosen among several of the same name.
pub const CHOSEN: &str = "h.insee";

/// What the name or postcode typed designates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    NotAnswered,
    DoesNotKnow,
    /// One commune, or several that the law does not tell apart.
    Found(Commune),
    /// Several, in different zones: the person chooses.
    Several(Vec<Commune>),
    NotFound,
}

pub fn place(fields: &Fields) -> Place {
    if fields.is("h.commune-unknown", super::reader::YES) {
        return Place::DoesNotKnow;
    }
    let Some(text) = fields.get(COMMUNE) else { return Place::NotAnswered };
    let found = communes::find(text);
    let chosen = fields.get(CHOSEN).and_then(communes::by_code).filter(|it| found.contains(it));
    if let Some(commune) = chosen {
        return Place::Found(commune);
    }
    let Some(first) = found.first() else { return Place::NotFound };
    let alike = |it: &Commune| it.zone() == first.zone() && it.territory() == first.territory();
    if found.iter().all(alike) { Place::Found(*first) } else { Place::Several(found) }
}

pub(super) fn read(reader: &mut Reader<'_>) {
    commune(reader);
    let since = reader.since("h.since", fr::HOME_SINCE);
    occupancy(reader, since);
    let owner = Owner::Dwelling;
    reader.yes_no(owner, "participation_aux_frais", "h.contribution");
    reader.yes_no(owner, "colocation", "h.shared");
    reader.yes_no(owner, "chambre", "h.room");
    reader.yes_no(owner, "chambre_chez_un_particulier", "h.room-elder");
    reader.facts.asked(owner, "type_de_foyer", "h.hostel");
    if reader.is("h.hostel", UNKNOWN) {
        reader.facts.tell(owner, "type_de_foyer", Fact::Unknown);
    } else if let Some(case) = reader.case("h.hostel", HOSTELS) {
        reader.facts.always(owner, "type_de_foyer", Datum::Case(case));
    }
    reader.yes_no(Owner::Family, "logement_de_la_famille", "h.family-owner");
}

fn commune(reader: &mut Reader<'_>) {
    for fact in ["zone_apl", "territoire"] {
        reader.facts.asked(Owner::Dwelling, fact, COMMUNE);
    }
    match place(reader.fields) {
        Place::NotAnswered => {}
        Place::DoesNotKnow => {
            reader.facts.tell(Owner::Dwelling, "zone_apl", Fact::Unknown);
            reader.facts.tell(Owner::Dwelling, "territoire", Fact::Unknown);
        }
        Place::Found(commune) => {
            let territory = Datum::Case(commune.territory());
            reader.facts.always(Owner::Dwelling, "territoire", territory);
            match commune.zone() {
                Some(zone) => reader.facts.always(Owner::Dwelling, "zone_apl", Datum::Case(zone)),
                None => reader.facts.tell(Owner::Dwelling, "zone_apl", Fact::Unknown),
            }
        }
        Place::Several(_) => reader.refuse(CHOSEN, fr::CHOOSE_COMMUNE.to_owned()),
        Place::NotFound => reader.refuse(COMMUNE, fr::COMMUNE_NOT_FOUND.to_owned()),
    }
}

/// Without « depuis », the dwelling is only known for the month studied.
fn occupancy(reader: &mut Reader<'_>, since: Option<base::Month>) {
    let owner = Owner::Dwelling;
    let from = since.unwrap_or(reader.period.month);
    reader.facts.asked(owner, "statut_d_occupation", "h.status");
    // The rent of a hostel is asked in its own place.
    let rent_field =
        if reader.is("h.status", "locataire_foyer") { "h.rent-hostel" } else { "h.rent" };
    reader.facts.asked(owner, "loyer", rent_field);
    if reader.is("h.status", UNKNOWN) {
        reader.facts.tell(owner, "statut_d_occupation", Fact::Unknown);
    } else if let Some(case) = reader.case("h.status", OCCUPANCIES) {
        state_since(reader, owner, "statut_d_occupation", Datum::Case(case), from);
    }
    if reader.doubted(rent_field) {
        reader.facts.tell(owner, "loyer", Fact::Unknown);
    } else if let Some(rent) = reader.money(rent_field, fr::RENT, 20_000) {
        state_since(reader, owner, "loyer", Datum::Number(rent), from);
    }
}
