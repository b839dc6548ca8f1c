//! Working at somebody's desk without a browser, and files made in one line.

use access::{Action, Class, Role};
use app::cases::store::{self as cases, NewCase};
use app::people::model::{Contact, Identity};
use app::people::nir::Nir;
use app::people::store::{self as people, NewPerson};
use app::spine::{Account, Asked, Desk, Stop, Viewer};
use store::Id;
use web::words::Lang;

use crate::kit::Service;

/// A member of staff who proved a moment ago who they are.
pub fn viewer(service: &Service, staff: Id) -> Viewer {
    let now = service.tandem.now();
    let session = Id::new(now, &mut service.tandem.entropy());
    let proof = access::Viewer { second_factor: true, proved_at: now };
    Viewer { account: Account::Staff(staff), session, proof, lang: Lang::French }
}

pub async fn act<T: Send + 'static>(
    service: &Service,
    staff: Id,
    work: impl FnMut(&mut Desk<'_, '_>) -> Result<T, Stop> + Send + 'static,
) -> Result<T, Stop> {
    service.tandem.act(&viewer(service, staff), work).await
}

pub fn identity(birth_name: &str, first_names: &str, birth_date: &str) -> Identity {
    Identity {
        birth_name: birth_name.to_owned(),
        first_names: first_names.to_owned(),
        birth_date: birth_date.to_owned(),
        ..Identity::default()
    }
}

/// A person and their file, opened by a worker who follows it.
pub async fn file(service: &Service, structure: Id, staff: Id, who: Identity) -> (Id, Id) {
    file_with(service, structure, staff, who, None).await
}

pub async fn file_with(
    service: &Service,
    structure: Id,
    staff: Id,
    who: Identity,
    nir: Option<Nir>,
) -> (Id, Id) {
    let done = act(service, staff, move |desk| {
        let new = NewPerson {
            identity: who.clone(),
            contact: Contact { phone: "05 62 00 00 00".to_owned(), ..Contact::default() },
            nir: nir.clone(),
        };
        let person = people::create(desk, &new)?;
        let case = cases::open(
            desk,
            &NewCase {
                structure,
                team: None,
                person,
                asked: "Je veux garder mon logement.".to_owned(),
                referent: Some(staff),
            },
        )?;
        Ok((person, case))
    });
    done.await.expect("a person and their file")
}

/// A town service with one worker.
pub async fn ccas(service: &Service) -> (Id, Id) {
    let structure = service.structure("CCAS d’Auch").await;
    let worker = service.staff("Claire Morel", structure, Role::Worker).await;
    (structure, worker)
}

pub fn read(file: Id, class: Class) -> Asked {
    Asked::new(file, Action::Read, class)
}

pub fn write(file: Id, class: Class) -> Asked {
    Asked::new(file, Action::Write, class)
}
