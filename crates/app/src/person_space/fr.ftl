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
