package dev.portcullis.engine.principal;

/** Who gets access. */
public sealed interface Beneficiary {
    /** A person or machine, by user name. */
    record User(String name) implements Beneficiary {
        @Override
        public String label() {
            return name;
        }
    }

    /** A data product of the consumer's. */
    record Product(String namespace, String name) implements Beneficiary {
        @Override
        public String label() {
            return "data product " + namespace + "/" + name;
        }
    }

    /** A team, as one. */
    record WholeTeam(String name) implements Beneficiary {
        @Override
        public String label() {
            return "team " + name;
        }
    }

    /** Somebody of a team whose Team is gone: who it is cannot be said any more, only the principal is known. */
    record Remembered(String principal) implements Beneficiary {
        @Override
        public String label() {
            return "a member of a team that is gone, " + principal;
        }
    }

    /** For people. */
    String label();
}
