//! The persons of a group.

use law_ir::{Entity, Household, Instance, Role};

use crate::evaluator::Place;

/// Those who have the role in the group that the place stands on, in order of declaration.
pub(crate) fn role_members(household: &Household, role: Role, place: Place) -> Vec<Instance> {
    let at = usize::from(place.instance);
    match place.entity {
        Entity::Person => Vec::new(),
        Entity::Family => {
            let Some(family) = household.families.get(at) else { return Vec::new() };
            let parents = std::iter::once(family.applicant).chain(family.partner);
            match role {
                Role::Parents => parents.collect(),
                Role::Children => family.children.clone(),
                Role::Members | Role::Declarants | Role::Dependants => {
                    parents.chain(family.children.iter().copied()).collect()
                }
            }
        }
        Entity::TaxHousehold => {
            let Some(taxed) = household.tax_households.get(at) else { return Vec::new() };
            match role {
                Role::Declarants => taxed.declarants.clone(),
                Role::Dependants => taxed.dependants.clone(),
                Role::Members | Role::Parents | Role::Children => {
                    taxed.declarants.iter().chain(&taxed.dependants).copied().collect()
                }
            }
        }
        Entity::Dwelling => {
            household.dwellings.get(at).map(|it| it.occupants.clone()).unwrap_or_default()
        }
    }
}
