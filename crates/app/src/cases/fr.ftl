# Files.
cases-choose = Choisir
cases-today = aujourd’hui
cases-yesterday = hier
cases-days-ago = il y a { $days } jours
cases-on = le { $date }
cases-age = { $years ->
    [0] moins d’un an
    [one] 1 an
   *[other] { $years } ans
}

# Why a door opens.
cases-reason-follows = parce que vous le suivez ({ $function }) depuis le { $since }
cases-reason-team = parce que votre équipe le suit ({ $role }, depuis le { $since })
cases-reason-member = parce que vous travaillez dans ce service ({ $role }, depuis le { $since })
cases-reason-shared = parce qu’il est partagé avec vous depuis le { $since }
cases-reason-mandate = parce que la personne vous a donné mandat le { $since }
cases-reason-own = parce que c’est le vôtre
cases-reason-emergency = parce que vous l’avez ouvert en urgence le { $since }
cases-reason-author = parce que vous avez écrit cette note
cases-reason-until = { $reason }, jusqu’au { $until }

# Why a door stays closed.
cases-refusal-barred = Une mise à l’écart vous concerne pour ce dossier. Elle protège la personne et vous protège.
cases-refusal-erased = Ce dossier a été effacé.
cases-refusal-second-factor = Il manque votre code de connexion.
cases-refusal-prove-again = Confirmez d’abord que c’est bien vous.
cases-refusal-ended = Vous suiviez ce dossier jusqu’au { $at }. Ce n’est plus le cas.
cases-refusal-not-yet = Vous suivrez ce dossier à partir du { $from }.
cases-refusal-purpose = Ce dossier s’ouvre à vous pour un autre motif. Dites lequel ci-dessous.
cases-refusal-no-tie = Vous ne suivez pas ce dossier.

cases-role-worker = travail social
cases-role-reception = accueil
cases-role-manager = encadrement
cases-role-mediator = médiation numérique
cases-role-volunteer = bénévolat
cases-role-dpo = protection des données
cases-role-admin = administration
cases-function-referent = référente ou référent
cases-function-co-referent = coréférente ou coréférent
cases-function-coordinator = coordination du parcours
cases-function-contributor = intervention ponctuelle
cases-state-open = ouvert
cases-state-closed = clos
cases-state-archived = archivé
cases-state-erased = effacé
cases-class-identity = l’identité
cases-class-contact = les coordonnées
cases-class-social = la situation sociale
cases-class-health = la santé
cases-class-protected = les informations protégées
cases-class-private = la note personnelle

cases-event-opened = Ouverture du dossier
cases-event-closed = Clôture du dossier
cases-event-reopened = Réouverture du dossier
cases-event-person-added = Une personne entre dans le dossier
cases-event-person-left = Une personne quitte le dossier
cases-event-assigned = Arrivée dans l’équipe
cases-event-unassigned = Départ de l’équipe
cases-event-shared = Partage du dossier
cases-event-share-ended = Fin d’un partage
cases-event-member-added = Arrivée dans le foyer
cases-event-member-left = Départ du foyer
cases-event-identity-changed = Identité corrigée
cases-event-contact-changed = Coordonnées modifiées
cases-event-linked = Deux fiches reliées
cases-event-unlinked = Lien entre deux fiches défait
cases-event-rights-checked = Point sur les droits
cases-event-other = Autre événement

# The list.
cases-list-title = Mes dossiers
cases-list-service-title = Les dossiers de mes services
cases-list-views = Quels dossiers
cases-view-mine = Ceux que je suis
cases-view-service = Ceux que je peux trouver
cases-view-closed = Les dossiers clos
cases-list-count = { $count ->
    [0] Aucun dossier
    [one] 1 dossier
   *[other] { $count } dossiers
}
cases-list-empty = Les dossiers que vous suivez s’afficheront ici.
cases-list-new = Trouver ou créer une personne
cases-list-number = Dossier { $number }
cases-list-last = dernier contact
cases-list-followed-by = suivi par { $names }
cases-list-followed-by-nobody = sans référente ni référent
cases-page-previous = Page précédente
cases-page-next = Page suivante
cases-page-here = Page { $page } sur { $pages }
cases-pages = Pages de la liste

# The file.
cases-file-title = Dossier de { $name }
cases-file-nav = Les pages du dossier
cases-nav-now = Le dossier
cases-nav-household = Le foyer
cases-nav-team = L’équipe
cases-nav-rights = Les droits
cases-nav-history = Le fil
cases-why = Vous voyez ce dossier { $reason }.
cases-born = { $date } ({ $age })
cases-birth = Naissance
cases-birth-unknown = date non connue
cases-birth-place = Lieu de naissance
cases-birth-name = Nom de naissance
cases-first-names = Prénoms
cases-gender = Genre
cases-address = Adresse
cases-phone = Téléphone
cases-email = Courriel
cases-do-not-call = Ne pas appeler
cases-safely = Pour joindre sans risque
cases-languages = Langues
cases-needs = Pour bien se comprendre
cases-nir = Numéro de sécurité sociale
cases-nir-show = Afficher
cases-nir-hint = Il reste caché. L’afficher est écrit dans le journal.
cases-nir-of = Numéro de sécurité sociale de { $name }
cases-nir-none = Aucun numéro n’est noté.
cases-nir-logged = Cet affichage est écrit dans le journal du dossier.
cases-edit = Modifier
cases-edit-hidden = l’identité et les coordonnées de { $name }
cases-contact-closed = Vos droits ne donnent pas les coordonnées.
cases-social-closed = Vos droits ne donnent pas la situation sociale.
cases-asked = Sa demande
cases-asked-none = Rien n’a été noté à l’ouverture.
cases-household = Le foyer
cases-household-change = Voir et modifier le foyer
cases-team = L’équipe de suivi
cases-team-none = Personne ne suit encore ce dossier.
cases-team-change = Voir et modifier l’équipe
cases-since = depuis le { $date }
cases-until = jusqu’au { $date }
cases-last-contact = Dernier contact
cases-opened = Ouvert
cases-at = Service
cases-state = État
cases-number = Numéro
cases-rights = Les droits
cases-rights-none = Aucun point n’a encore été fait sur les droits.
cases-rights-start = Faire le point sur les droits
cases-rights-all = Voir les points sur les droits
cases-thread = Le fil
cases-thread-all = Voir tout le fil
cases-thread-empty = Rien n’est encore écrit.
cases-links = Autres fiches de la même personne
cases-link-by = Relié le { $date } : { $reasons }
cases-link-undo = Ce n’est pas la même personne
cases-link-undo-hidden = défaire le lien avec { $name }
cases-close = Clore le dossier
cases-reopen = Rouvrir le dossier
cases-closed-notice = Ce dossier est clos depuis le { $date }. On le lit, on n’y écrit plus.
cases-reopen-ask = Pour le rouvrir, demandez à l’encadrement du service.
cases-form-back = Revenir au dossier
cases-reason-label = Pourquoi ?
cases-reason-hint = En quelques mots. La personne pourra les lire.
cases-reason-missing = Écrivez pourquoi, en quelques mots.
cases-close-lead = Le dossier reste lisible. Il pourra être rouvert.
cases-reopen-lead = L’équipe pourra de nouveau y écrire.

# The closed door.
cases-closed-title = Ce dossier vous est fermé
cases-closed-lead = Il existe et il est suivi. Son contenu reste fermé pour vous.
cases-closed-who = Qui le suit
cases-closed-how = Comment y accéder
cases-closed-ask = Demandez à une de ces personnes de vous ajouter à l’équipe, ou de partager le dossier.
cases-closed-ask-service = Demandez à l’encadrement de ce service de désigner quelqu’un.
cases-closed-supervision = L’ouvrir pour encadrer
cases-closed-supervision-hint = L’ouverture et son motif seront écrits dans le journal.
cases-closed-back = Revenir à la recherche

# The team.
cases-team-title = Équipe de suivi — { $name }
cases-team-now = Aujourd’hui
cases-team-before = Avant
cases-team-add = Ajouter quelqu’un
cases-team-staff = Collègue
cases-team-staff-missing = Choisissez une ou un collègue.
cases-team-function = Dans quel rôle ?
cases-team-function-missing = Choisissez un rôle.
cases-team-function-hint = Un dossier a une seule référente ou un seul référent : le précédent s’arrête ce jour.
cases-team-assign = Ajouter à l’équipe
cases-team-end = Arrêter
cases-team-end-hidden = le suivi par { $name }
cases-team-read-only = Seule la référente, le référent ou l’encadrement peut changer l’équipe.

# What happened.
cases-history-title = Le fil — { $name }
cases-history-by = par { $name }
cases-history-person = la personne
cases-closed-emergency = Ouvrir en urgence, pour trois heures
cases-closed-emergency-hint = Il faut un motif écrit. La personne et votre responsable le liront.
cases-data = Les données de ce dossier
cases-data-looks = Qui l’a consulté
cases-data-kept = Combien de temps il est gardé
cases-data-disputes = Ce que la personne conteste
