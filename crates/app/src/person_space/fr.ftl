# The pages of the accompanied person.
person-log-title = Qui a consulté mon dossier, et pourquoi
person-log-lead = Chaque ligne dit qui a ouvert votre dossier, quand, et pour quelle raison.
person-log-empty = Personne n’a encore ouvert votre dossier.
person-log-you = Vous
person-log-service = { $role }, { $structure }
person-log-hidden-service = Un service dont le nom est protégé
person-log-once = Le { $date }, pour : { $purpose }.
person-log-often = Le { $date }, { $count } fois, pour : { $purpose }.
person-log-question = Une ligne vous surprend ? Demandez à la personne qui suit votre dossier, ou au délégué à la protection des données.
space-sign-in = Entrer avec ma carte
space-code = Code de la carte
space-code-hint = Les 8 lettres et chiffres écrits sur la carte.
space-pin = Numéro secret
space-pin-hint = Les 6 chiffres donnés avec la carte.
space-enter = Entrer
space-lost = Carte perdue ? Le service qui vous accompagne peut vous en donner une autre.
space-wrong = Le code ou le numéro ne convient pas.
space-languages = Langues
space-title = Mon espace
space-files = Qui m’accompagne
space-no-file = Aucun service ne vous accompagne en ce moment.
space-file = Dossier { $number }, ouvert le { $since }
space-leave = Quitter vite
space-leave-all = Quitter et effacer cette page de l’appareil

# What anybody could be looking at: only in French.
space-calendar = Calendrier
space-calendar-days = lun. mar. mer. jeu. ven. sam. dim.
