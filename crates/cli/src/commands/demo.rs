//! `tandem demo`: a service on this machine only, with people made up.

use std::path::PathBuf;
use std::sync::Arc;

use app::{Settings, Tandem, sample};
use law::Law;
use seal::ServiceKey;
use store::Db;
use web::server::{Server, asked_to_stop};

use crate::args::Demo;
use crate::service::block_on;
use crate::service::open::{SystemClock, SystemEntropy};
use crate::{Outcome, Refusal, Result, fr};

pub fn run(args: &Demo) -> Result {
    block_on(serve(args.port))
}

async fn serve(port: u16) -> Result {
    let server = Server::on_this_machine(port).await.map_err(|it| Refusal(it.to_string()))?;
    let address = server.address().to_string();
    let folder = Folder::create()?;
    let tandem = tandem(&folder, &address).await?;
    sample::fill(&tandem).await.map_err(|_| Refusal(fr::NO_DEMONSTRATION.into()))?;
    std::thread::spawn(app::warm_up);
    println!("{}", fr::demo_ready(&address, sample::LOGINS, sample::PASSWORD));
    let routes = app::demo(tandem);
    server.run(routes, asked_to_stop()).await.map_err(|it| Refusal(fr::no_server(&it)))?;
    println!("{}", fr::DEMO_STOPPED);
    Ok(Outcome::Fine)
}

/// A key that dies with the demonstration: what is left of the folder could not be read.
async fn tandem(folder: &Folder, address: &str) -> Result<Tandem> {
    let refused = |error: store::StoreError| Refusal(fr::no_database(&error));
    let file = folder.0.join("tandem.db").display().to_string();
    let db = Db::open(&file).await.map_err(refused)?;
    store::migrate(&db, &app::schema()).await.map_err(refused)?;
    let now = web::clock::Clock::now(&SystemClock);
    let loaded = db.write(move |tx| {
        let key = ServiceKey::generate(&mut SystemEntropy);
        Ok(app::spine::Keys::load(tx, key, Vec::new(), now, &mut SystemEntropy))
    });
    let keys = loaded.await.map_err(refused)?.map_err(|_| Refusal(fr::WRONG_KEY.into()))?;
    let settings = Settings {
        demonstration: true,
        address: format!("http://{address}"),
        ..Settings::default()
    };
    let (clock, entropy) = (Arc::new(SystemClock), Box::new(SystemEntropy));
    Ok(Tandem::new(db, keys, Law::national(), clock, entropy, settings))
}

/// Where the demonstration writes; gone with it.
struct Folder(PathBuf);

impl Folder {
    fn create() -> Result<Self> {
        let path = std::env::temp_dir().join(format!("tandem-demo-{}", std::process::id()));
        std::fs::create_dir_all(&path)
            .map_err(|error| Refusal(fr::no_data_folder(&path, &error)))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _already_gone = std::fs::remove_dir_all(&self.0);
    }
}
