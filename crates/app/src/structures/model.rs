//! Who may give which role.

use access::Role;
use web::form::Fields;

/// Whoever has `own` may give `role`, or take it back.
pub fn may_give(own: Role, role: Role) -> bool {
    match own {
        Role::Admin => true,
        Role::Manager => match role {
            Role::Worker | Role::Reception | Role::Mediator | Role::Volunteer => true,
            Role::Manager | Role::Dpo | Role::Admin => false,
        },
        Role::Worker | Role::Reception | Role::Mediator | Role::Volunteer | Role::Dpo => false,
    }
}

/// The roles that somebody with these may give, in order.
pub fn roles_to_give(own: &[Role]) -> Vec<Role> {
    let given = |role: &Role| own.iter().any(|it| may_give(*it, *role));
    Role::ALL.iter().copied().filter(given).collect()
}

/// The key of a role's name.
pub fn role_key(role: Role) -> &'static str {
    match role {
        Role::Worker => "structures-role-worker",
        Role::Reception => "structures-role-reception",
        Role::Manager => "structures-role-manager",
        Role::Mediator => "structures-role-mediator",
        Role::Volunteer => "structures-role-volunteer",
        Role::Dpo => "structures-role-dpo",
        Role::Admin => "structures-role-admin",
    }
}

/// What an invitation says, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub name: String,
    pub address: String,
    pub role: String,
    pub team: String,
}

impl Typed {
    pub fn read(fields: &Fields) -> Self {
        let text = |name| fields.get(name).unwrap_or_default().to_owned();
        Self {
            name: text("name"),
            address: text("address"),
            role: text("role"),
            team: text("team"),
        }
    }

    /// The fields that lack something: field and key of the message.
    pub fn faults(&self) -> Vec<(&'static str, &'static str)> {
        let mut res = Vec::new();
        if self.name.is_empty() {
            res.push(("name", "structures-name-missing"));
        }
        if !is_address(&self.address) {
            res.push(("address", "structures-address-wrong"));
        }
        if self.role.is_empty() {
            res.push(("role", "structures-role-missing"));
        }
        res
    }
}

/// Something before an at sign, something with a dot after: the rest is for whoever writes to it.
fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(user, host)| {
        !user.is_empty() && host.contains('.') && !host.contains('@') && !text.contains(' ')
    })
}

#[cfg(test)]
mod tests {
    use access::Role;

    use super::roles_to_give;

    #[test]
    fn nobody_gives_a_role_above_their_own() {
        assert_eq!(roles_to_give(&[Role::Admin]), Role::ALL);
        let given = [Role::Worker, Role::Reception, Role::Mediator, Role::Volunteer];
        assert_eq!(roles_to_give(&[Role::Manager]), given);
        assert!(roles_to_give(&[Role::Worker, Role::Dpo]).is_empty());
    }
}
