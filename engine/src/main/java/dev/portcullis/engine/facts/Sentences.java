package dev.portcullis.engine.facts;

import java.util.Collection;
import java.util.Iterator;

/** Several sentences in one line. Some end with SQL to run, and that with a semicolon: it stands for the one between them. */
public final class Sentences {
    private Sentences() {}

    public static String joined(Collection<String> sentences) {
        StringBuilder line = new StringBuilder();
        for (Iterator<String> all = sentences.iterator(); all.hasNext(); ) {
            String sentence = all.next();
            line.append(sentence);
            if (all.hasNext()) {
                line.append(sentence.endsWith(";") ? " " : "; ");
            }
        }
        return line.toString();
    }
}
