# Persons.
people-find-title = Trouver une personne
people-find-label = Nom, prénom ou date de naissance
people-find-hint = Les accents et une faute de frappe ne gênent pas.
people-find = Chercher
people-found = Résultats
people-found-count = { $count ->
    [0] Aucune personne trouvée
    [one] 1 personne trouvée
   *[other] { $count } personnes trouvées
}
people-found-none = Seules les personnes des dossiers de vos services sont cherchées. Essayez un autre nom, ou la date de naissance.
people-open-file = Ouvrir le dossier
people-ask-access = Voir comment y accéder
people-create = Créer une personne et son dossier
people-create-do = Créer la personne et son dossier

people-new-title = Nouvelle personne
people-new-lead = Demandez seulement ce qui sert. Presque tout peut rester vide.
people-place = Dans quel service ?
people-place-missing = Choisissez le service qui ouvre le dossier.
people-identity = Qui est-ce ?
people-first-names = Prénoms
people-birth-name = Nom de naissance
people-usual-name = Nom d’usage
people-usual-name-hint = S’il est différent.
people-birth-date = Date de naissance
people-birth-hint = Par exemple 12/03/1987
people-birth-place = Lieu de naissance
people-gender = Genre
people-gender-hint = Comme la personne le dit.
people-name-missing = Indiquez au moins un nom ou un prénom.
people-birth-form = Écrivez la date comme 12/03/1987.
people-birth-no-such-day = Ce jour n’existe pas. Vérifiez le jour et le mois.
people-birth-impossible = Cette date n’est pas possible pour une naissance.
people-contact = Comment la joindre ?
people-do-not-call = Ne pas appeler
people-do-not-call-hint = Cochez si un appel peut mettre la personne en danger.
people-safely = Pour joindre sans risque
people-safely-hint = Par exemple : un message, le matin.
people-phone = Téléphone
people-other-phone = Autre téléphone
people-email = Courriel
people-address = Adresse
people-languages = Langues
people-languages-hint = Par exemple : français, arabe.
people-needs = Pour bien se comprendre
people-needs-hint = Interprète, gros caractères, quelqu’un à ses côtés…
people-asked = Ce que la personne demande
people-asked-hint = Avec ses mots.
people-nir = Numéro de sécurité sociale
people-nir-hint = 13 ou 15 chiffres. Seulement s’il sert à une démarche.
people-nir-form = Ce numéro a 13 ou 15 chiffres. Vérifiez-le, ou laissez vide.
people-nir-key = La clé ne correspond pas au numéro. Vérifiez chaque chiffre.
people-nir-taken = Ce numéro ne peut pas être noté ici. Vérifiez-le, ou laissez vide.
people-nir-kept = Un numéro est déjà noté. Laissez vide pour le garder.
people-nir-erase = Effacer le numéro noté

people-alike-title = Est-ce la même personne ?
people-alike-lead = Ces personnes ressemblent à celle que vous créez. Deux fiches pour une personne font perdre le fil.
people-same-birth = Même date de naissance.
people-same = C’est la même personne
people-other = C’est une autre personne
people-alike-reason = Pourquoi est-ce la même personne ?
people-alike-reason-hint = Utile si son dossier vous est fermé : les deux fiches seront reliées, jamais fusionnées.
people-alike-reason-missing = Son dossier vous est fermé. Écrivez pourquoi c’est la même personne : les deux fiches seront reliées.

people-edit-title = Identité et coordonnées — { $name }
people-save = Enregistrer
