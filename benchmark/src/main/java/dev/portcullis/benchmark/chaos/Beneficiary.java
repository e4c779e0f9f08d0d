package dev.portcullis.benchmark.chaos;

/** Who is to get the access of an agreement. */
sealed interface Beneficiary {
    /** One person, by login, in the name of the team of the agreement's namespace. */
    record Person(String login) implements Beneficiary {}

    /** All members of the team of the agreement's namespace, whoever they are. */
    record Team() implements Beneficiary {}
}
