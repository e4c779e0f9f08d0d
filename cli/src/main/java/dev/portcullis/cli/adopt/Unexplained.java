package dev.portcullis.cli.adopt;

import dev.portcullis.api.FirstFew;
import dev.portcullis.platform.postgresql.session.ReadSurvey;
import dev.portcullis.platform.postgresql.way.Read;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects what people can read and no agreement can explain, in few sentences whatever the number of tables. */
final class Unexplained {
    private static final int NAMED = 5;

    /** No name on a server has this in it. */
    private static final String HERE = "\u0000";

    private final SortedMap<String, SortedSet<String>> lists = new TreeMap<>();
    private final SortedSet<String> others = new TreeSet<>();

    /** Notes who can read all there is. */
    void everything(String database, ReadSurvey.Found found) {
        found.reads().everything().forEach((login, role) -> {
            String by = role.equals(login) ? "is a superuser" : "has everything by " + role;
            others.add("login " + login + " can read all of database " + database + ": it " + by
                    + ", which no agreement gives or limits");
        });
    }

    /** Whether a read is none of an agreement's; it is then noted. */
    boolean takes(Read read, ReadSurvey.Found found, AdoptRules rules) {
        String role = read.role();
        if (read.by() == Read.By.EVERYBODY) {
            note(
                    "PUBLIC, so every login that may connect, can read ",
                    read,
                    "grant it to those who need it, and revoke it from PUBLIC");
        } else if (read.by() == Read.By.OWNERSHIP) {
            note(who(read) + " owns ", read, "an owner is held by no agreement");
        } else if (role.equals(rules.operatorRole())) {
            note(
                    "whoever can be the operator's role " + role + " can read ",
                    read,
                    "that is what the operator passes on, and nobody but it should have");
        } else if (found.marked().contains(role)) {
            listed(
                    "what roles give that say they are Portcullis's, in database "
                            + read.table().inDatabase() + ": " + HERE
                            + "; agreements explain it already, unless somebody gave a role of their own that comment",
                    role);
        } else if (found.unfit().containsKey(read.login())) {
            note(
                    who(read) + " can read ",
                    read,
                    "no agreement can be for this login, since " + found.unfit().get(read.login()));
        } else {
            return false;
        }
        return true;
    }

    /** Notes a login that the platform's rule makes of no user. */
    void nameless(String login) {
        others.add(
                "login " + login
                        + " is adopted by nobody: the rule for users makes this login of no user name; see --domain and --user-rule");
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>(others);
        lists.forEach((sentence, names) -> sentences.add(sentence.replace(HERE, FirstFew.of(NAMED, names))));
        return sentences;
    }

    private void note(String before, Read read, String after) {
        listed(
                before + HERE + " in database " + read.table().inDatabase() + ": " + after,
                read.table().schema() + "." + read.table().name());
    }

    /** @param sentence with the place where what is listed stands */
    private void listed(String sentence, String name) {
        lists.computeIfAbsent(sentence, key -> new TreeSet<>()).add(name);
    }

    private static String who(Read read) {
        return "login " + read.login() + (read.role().equals(read.login()) ? "" : ", by role " + read.role() + ",");
    }
}
