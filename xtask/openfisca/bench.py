#!/usr/bin/env python3
"""Households drawn once to a file, and what OpenFisca-France needs to answer for them.

  bench.py draw N FILE        N households (seed 7), one a line, in the format of crates/law-testing/cases
  bench.py batch FILE ANSWERED
                              all of them in one vectorised simulation: the six benefits our book models, several
                              times, and the same file with what was answered
  bench.py single FILE K      the first K one by one, each in a simulation of its own
  bench.py versions

Answers one line of JSON; durations are whole microseconds of processor time, the best of several passes once warm.
OpenFisca-France is called as a separate program and nothing of it is copied here. The distribution follows the
benchmark of the project's first studies: 42 % of couples, 45 % of families with one to four children, lognormal wages
and pensions, six towns.

Both engines are told the same: every income of each month since January 2024; no benefit received before M-3 nor, of
those our book does not model (AAH, ASI, ASS, ASPA, PAJE, AEEH), in any month. Both count, for the RSA and the prime
d'activité, the three months that end two months before (M-4 to M-2): it is the rule of the whole country since March
2025, and OpenFisca follows it only where it is told that the département tries it out.

The family benefits and the housing aid of M-3 to M-1, which the prime d'activité counts, OpenFisca computes on the way.
So that the same work is compared, it is also measured with those of its own first answer given as facts.
"""
import datetime as dt
import json
import resource
import sys
import time

MONTH = "2026-05"
FIRST = "2024-01"
OUTPUTS = ["rsa", "ppa", "aide_logement", "af", "cf", "asf"]
# What is paid of the past by recursion stops at M-3, as in production.
PAST_FAMILY = ["rsa", "ppa", "aide_logement", "apl", "als", "alf", "af", "cf", "asf", "css_participation_forfaitaire"]
# What the benefits of the month read of the months before, when it is told instead of computed.
READ_OF_THE_PAST = ["aide_logement", "apl", "als", "alf", "af", "af_base", "cf", "cf_non_majore_avant_cumul", "asf"]
NOT_MODELLED_FAMILY = ["paje_base", "aspa", "aeeh"]
NOT_MODELLED_PERSON = ["aah", "caah", "asi", "ass"]
ZONES = {"75113": "zone_1", "69123": "zone_2", "13055": "zone_2", "59350": "zone_2", "23096": "zone_3", "97411": "zone_2"}
KINDS = ["inactif", "actif", "chomeur", "retraite"]
MEMORY = 15 << 30
PASSES = 2
WARM = 2000


def shift(month, months):
    year, rank = map(int, month.split("-"))
    at = year * 12 + rank - 1 + months
    return f"{at // 12:04d}-{at % 12 + 1:02d}"


def months(first, last):
    res = [first]
    while res[-1] < last:
        res.append(shift(res[-1], 1))
    return res


def draw(count, path):
    import numpy as np

    g = np.random.default_rng(7)
    couple = g.random(count) < 0.42
    kids = np.where(g.random(count) < 0.45, g.integers(1, 5, count), 0)
    size = 1 + couple + kids
    total = int(size.sum())
    home = np.repeat(np.arange(count), size)
    start = np.concatenate([[0], np.cumsum(size)[:-1]])
    rank = np.arange(total) - start[home]
    child = (rank > 0) & ~((rank == 1) & couple[home])
    age = np.where(child, g.integers(0, 20, total), g.integers(19, 85, total))
    days = (age * 365.25 + g.integers(0, 365, total)).astype("timedelta64[D]")
    birth = (np.datetime64("2026-05-01") - days).astype("datetime64[D]").astype(str)
    kind = np.where(child, 0, np.where(age >= 64, 3, g.choice([0, 1, 2], total, p=[0.25, 0.6, 0.15])))
    wage = np.where(kind == 1, g.lognormal(7.1, 0.5, total), 0).round(2)
    unemployment = np.where(kind == 2, g.uniform(500, 1400, total), 0).round(2)
    pension = np.where(kind == 3, g.lognormal(7.0, 0.5, total), 0).round(2)
    handicap = g.random(total) < 0.05
    rate = np.where(handicap, g.choice([0.5, 0.8], total), 0)
    status = g.choice(["locataire_hlm", "locataire_vide", "proprietaire", "loge_gratuitement"], count, p=[0.3, 0.4, 0.2, 0.1])
    rent = np.where(np.char.startswith(status, "loc"), g.uniform(250, 900, count).round(0), 0)
    town = g.choice(np.array(list(ZONES)), count)

    def person(at):
        series = {"salaire_net": wage[at], "salaire_imposable": wage[at] * 1.0365, "chomage_net": unemployment[at],
                  "chomage_imposable": unemployment[at] * 1.03, "retraite_nette": pension[at],
                  "retraite_imposable": pension[at] * 1.02}
        incomes = {name: [[FIRST, round(float(it), 2)]] for name, it in series.items() if it > 0}
        return {"role": "enfant" if child[at] else "adulte", "date_naissance": str(birth[at]), "incomes": incomes,
                "activite": [[FIRST, KINDS[kind[at]]]], "handicap": bool(handicap[at]), "taux_incapacite": float(rate[at])}

    with open(path, "w", encoding="utf-8") as out:
        for at in range(count):
            persons = [person(it) for it in range(start[at], start[at] + size[at])]
            none = [0.0] * len(persons)
            answers = dict.fromkeys(OUTPUTS + NOT_MODELLED_FAMILY, 0.0)
            answers.update(dict.fromkeys(NOT_MODELLED_PERSON + ["bourse_criteres_sociaux"], none))
            case = {"id": at, "month": MONTH, "persons": persons, "famille": {"statut_couple": "marie" if couple[at] else "seul"},
                    "menage": {"depcom": str(town[at]), "statut_occupation_logement": str(status[at]), "loyer": float(rent[at])},
                    "out": answers, "out_m2_m4": {"rsa": 0.0, "ppa": 0.0}, "mid": {"zone_apl": ZONES[str(town[at])]}}
            out.write(json.dumps(case, separators=(",", ":")) + "\n")
    return {"households": count, "persons": total}


SERIES = ["salaire_net", "salaire_imposable", "chomage_net", "chomage_imposable", "retraite_nette", "retraite_imposable"]


def read(path, count=None):
    """The households of the file in columns: what a vectorised simulation is made from."""
    import numpy as np

    persons, homes, home, role = [], [], [], []
    with open(path, encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            if at == count:
                break
            case = json.loads(line)
            couple = "marie" if case["famille"]["statut_couple"] == "marie" else "celibataire"
            adults = 0
            for it in case["persons"]:
                adult = it["role"] == "adulte"
                home.append(at)
                role.append(adults if adult else 2)
                adults += adult
                incomes = [it["incomes"].get(name, [[FIRST, 0]])[0][1] for name in SERIES]
                persons.append((it["date_naissance"], it["activite"][0][1], school(it), couple if adult else "celibataire",
                                it["handicap"], it["taux_incapacite"], *incomes))
            it = case["menage"]
            homes.append((it["loyer"], it["statut_occupation_logement"], it["depcom"]))
    names = ["birth", "activite", "scolarite", "statut_marital", "handicap", "taux_incapacite", *SERIES]
    res = {name: np.array(column) for name, column in zip(names, zip(*persons))}
    res |= {name: np.array(it) for name, it in zip(["loyer", "statut_occupation_logement", "depcom"], zip(*homes))}
    return res | {"home": np.array(home), "role": np.array(role)}


def school(it):
    age = int(MONTH[:4]) - int(it["date_naissance"][:4])
    return "inconnue" if it["role"] == "adulte" or age < 11 or age >= 19 else "college" if age < 15 else "lycee"


OF_HOMES = ["loyer", "statut_occupation_logement", "depcom"]


def part(table, first, count):
    """Some of the households, numbered from zero."""
    kept = (table["home"] >= first) & (table["home"] < first + count)
    res = {name: it[first:first + count] if name in OF_HOMES else it[kept] for name, it in table.items()}
    return res | {"home": res["home"] - first}


def system():
    from openfisca_france import FranceTaxBenefitSystem

    return FranceTaxBenefitSystem()


def simulation(tbs, table, past=None):
    """All the households at once. `past`: what a simulation before this one found of the past, as facts."""
    import numpy as np
    from openfisca_core.simulations import SimulationBuilder

    persons, homes = len(table["home"]), len(table["loyer"])
    role = table["role"]
    builder = SimulationBuilder()
    builder.create_entities(tbs)
    builder.declare_person_entity("individu", np.arange(persons))
    roles = {"famille": ("demandeur", "conjoint", "enfant"),
             "foyer_fiscal": ("declarant_principal", "conjoint", "personne_a_charge"),
             "menage": ("personne_de_reference", "conjoint", "enfant")}
    for key, (head, partner, other) in roles.items():
        group = builder.declare_entity(key, np.arange(homes))
        builder.join_with_persons(group, table["home"], np.where(role == 0, head, np.where(role == 1, partner, other)))
    sim = builder.build(tbs)

    def encoded(variable):
        return tbs.get_variable(variable).possible_values.encode(table[variable])

    sim.set_input("date_naissance", "ETERNITY", table["birth"].astype("datetime64[D]"))
    inputs = {name: table[name] for name in [*SERIES, "handicap", "taux_incapacite", "loyer", "depcom"]}
    inputs["salaire_de_base"] = inputs["salaire_net"] / 0.78
    inputs["chomage_brut"] = inputs["chomage_net"] * 1.1
    inputs["retraite_brute"] = inputs["retraite_nette"] / 0.926
    for name in ["activite", "scolarite", "statut_marital", "statut_occupation_logement"]:
        inputs[name] = encoded(name)
    inputs["departement_experimentation_rsa"] = np.ones(homes, dtype=bool)
    for month in months(FIRST, MONTH):
        for name, values in inputs.items():
            sim.set_input(name, month, values)
    families, individuals = np.zeros(homes), np.zeros(persons)
    for ago in range(-12, 1):
        month = shift(MONTH, ago)
        for name in NOT_MODELLED_FAMILY:
            sim.set_input(name, month, families)
        for name in NOT_MODELLED_PERSON:
            sim.set_input(name, month, individuals)
        if ago < -3:
            for name in PAST_FAMILY:
                sim.set_input(name, month, families)
        elif ago < 0:
            sim.set_input("rsa", month, families)
    for (name, month), values in (past or {}).items():
        sim.set_input(name, month, values)
    return sim


def compute(sim):
    return {name: sim.calculate(name, MONTH) for name in OUTPUTS}


def found_of_the_past(sim):
    """What the calculation of the month has found on its way of the benefits of the months before."""
    at = [(name, shift(MONTH, ago)) for ago in (-4, -3, -2, -1) for name in READ_OF_THE_PAST]
    found = {key: sim.get_array(*key) for key in at}
    return {key: values for key, values in found.items() if values is not None}


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def now():
    """Processor time: what other programs of the machine take does not count."""
    return time.process_time()


def micros(begin):
    return round((now() - begin) * 1e6)


def timed(tbs, table, past=None):
    """How long the simulation takes to be made, then to answer; itself and its answers."""
    begin = now()
    sim = simulation(tbs, table, past)
    build = micros(begin)
    begin = now()
    found = compute(sim)
    return build, micros(begin), sim, found


def batch(path, answered):
    import numpy as np

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    table = read(path)
    tbs = system()
    *_, sim, _ = timed(tbs, part(table, 0, WARM))  # the parameters of each month are read once, and kept
    timed(tbs, part(table, 0, WARM), found_of_the_past(sim))
    build, whole, alone = [], [], []
    for _ in range(PASSES):
        begin, took, sim, found = timed(tbs, table)
        build.append(begin)
        whole.append(took)
        past = found_of_the_past(sim)
        del sim
        _, took, sim, again = timed(tbs, table, past)
        alone.append(took)
        del sim
        # Told what it had found, it answers the same: the month alone is not an easier question.
        if any(np.abs(found[name] - again[name]).max() > 0.005 for name in OUTPUTS):
            sys.exit("OpenFisca does not answer the same once told the past")
    peak = peak_mib()
    write(path, answered, found)
    totals = {name: round(float(values.astype("float64").sum()) * 100) for name, values in found.items()}
    return {"households": len(table["loyer"]), "build_us": min(build), "calculate_us": min(whole), "month_us": min(alone),
            "peak_mib": peak, "totals_cents": totals}


def write(path, answered, found):
    with open(path, encoding="utf-8") as lines, open(answered, "w", encoding="utf-8") as out:
        for at, line in enumerate(lines):
            case = json.loads(line)
            for name in OUTPUTS:
                case["out"][name] = round(float(found[name][at]), 4)
            case["out_m2_m4"] = {name: case["out"][name] for name in ["rsa", "ppa"]}
            out.write(json.dumps(case, separators=(",", ":")) + "\n")


def single(path, count):
    table = read(path, count)
    count = len(table["loyer"])
    tbs = system()
    build, whole, alone = [], [], []
    for at in range(count):
        one = part(table, at, 1)
        *_, sim, _ = timed(tbs, one)
        past = found_of_the_past(sim)
        passes = [timed(tbs, one) for _ in range(PASSES)]
        build.append(min(it[0] for it in passes))
        whole.append(min(it[1] for it in passes))
        alone.append(min(timed(tbs, one, past)[1] for _ in range(PASSES)))
    middle = count // 2
    return {"households": count, "build_us": sorted(build)[middle], "calculate_us": sorted(whole)[middle],
            "month_us": sorted(alone)[middle]}


def versions():
    from importlib.metadata import version

    return {"python": sys.version.split()[0], "openfisca_france": version("openfisca-france"), "openfisca_core": version("openfisca-core"),
            "numpy": version("numpy"), "date": dt.date.today().isoformat()}


def main(words):
    match words:
        case ["draw", count, path]:
            res = draw(int(count), path)
        case ["batch", path, answered]:
            res = batch(path, answered)
        case ["single", path, count]:
            res = single(path, int(count))
        case ["versions"]:
            res = versions()
        case _:
            sys.exit(__doc__)
    print(json.dumps(res))


if __name__ == "__main__":
    main(sys.argv[1:])
