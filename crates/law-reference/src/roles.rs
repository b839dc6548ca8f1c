//! The persons of a group.

use law_ir::{Entity, Household, Instance, Role};

use crate::evaluator::Place;

/// Those who have the role in the group that the place stands on, in order of declaration.
pub(crate) fn role_members(
    household: &Household,
    role: Role,
    place: Place,
) -> impl Iterator<Item = Instance> + use<'_> {
    let at = usize::from(place.instance);
    let ([head, partner], first, second): ([Option<Instance>; 2], &[Instance], &[Instance]) =
        match place.entity {
            Entity::Person => Default::default(),
            Entity::Family => match household.families.get(at) {
                None => Default::default(),
                Some(family) => {
                    let parents = [Some(family.applicant), family.partner];
                    match role {
                        Role::Parents => (parents, &[], &[]),
                        Role::Children => ([None; 2], &family.children, &[]),
                        Role::Members | Role::Declarants | Role::Dependants => {
                            (parents, &family.children, &[])
                        }
                    }
                }
            },
            Entity::TaxHousehold => match household.tax_households.get(at) {
                None => Default::default(),
                Some(taxed) => match role {
                    Role::Declarants => ([None; 2], &taxed.declarants, &[]),
                    Role::Dependants => ([None; 2], &taxed.dependants, &[]),
                    Role::Members | Role::Parents | Role::Children => {
                        ([None; 2], &taxed.declarants, &taxed.dependants)
                    }
                },
            },
            Entity::Dwelling => {
                let occupants = household.dwellings.get(at).map(|it| it.occupants.as_slice());
                ([None; 2], occupants.unwrap_or_default(), &[])
            }
        };
    let heads = head.into_iter().chain(partner);
    heads.chain(first.iter().copied()).chain(second.iter().copied())
}
