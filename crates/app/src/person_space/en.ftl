# The pages of the accompanied person.
