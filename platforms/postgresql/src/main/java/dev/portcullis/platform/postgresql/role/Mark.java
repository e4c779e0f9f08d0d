package dev.portcullis.platform.postgresql.role;

import dev.portcullis.platform.Owner;
import dev.portcullis.platform.PortId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The comment on a role of ours: whose it is. Only a role with a mark of the own installation and platform is ever touched.
 *
 * <p>The form is {@code portcullis/1 installation=<id> platform=<name> port=<uid> name=<namespace>/<name>}, with {@code retired} at the
 * end of a role that is only there because it cannot be dropped, {@code views} at the end of one that owns views, and {@code left} at the end of one that another is to take the place of. The number is the form's
 * version: another version's marks are not ours.
 *
 * @param owner installation and platform
 * @param port the port the role belongs to
 * @param use what the role is there for
 */
public record Mark(Owner owner, PortId port, Use use) {
    /** What a role is there for. */
    public enum Use {
        /** Its members have what it has. */
        CURRENT(""),
        /** The same; but somebody left it who may have let others become it, so that another is to take its place. */
        LEFT(" left"),
        /** It was replaced and waits to be dropped. */
        RETIRED(" retired"),
        /** It owns the views of the port, and nobody is a member of it but the operator. */
        VIEWS(" views");

        private final String word;

        Use(String word) {
            this.word = word;
        }

        private static Use of(String word) {
            return Stream.of(values())
                    .filter(use -> use.word.equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What every mark starts with, of any version: roles with it belong to some Portcullis. */
    public static final String PREFIX = "portcullis/";

    /** In characters. Names that Kubernetes takes make shorter ones; others may comment on their roles at any length, and no more of that is to be read. */
    public static final int LONGEST = 2000;

    /** No part can go on where the next one begins: matching is one pass, whatever somebody writes. */
    private static final Pattern FORM = Pattern.compile(
            "portcullis/1 installation=(\\S*+) platform=(\\S*+) port=(\\S*+) name=([^\\s/]*+)/([^\\s/]*+)( left| retired| views|)");

    /** What every mark of an installation starts with, whatever the platform. */
    public static String prefix(String installation) {
        return "portcullis/1 installation=" + encode(installation) + " ";
    }

    /** The mark of a role in use. */
    public static Mark of(Owner owner, PortId port) {
        return new Mark(owner, port, Use.CURRENT);
    }

    /** The mark of the role that owns the port's views. */
    public Mark asOwnerOfViews() {
        return new Mark(owner, port, Use.VIEWS);
    }

    /** The same port's mark on a role that was replaced. */
    public Mark asRetired() {
        return new Mark(owner, port, Use.RETIRED);
    }

    /** The same port's mark on a role that somebody left. */
    public Mark asLeft() {
        return new Mark(owner, port, Use.LEFT);
    }

    /** The same port's mark on a role that nobody has left. */
    public Mark asCurrent() {
        return new Mark(owner, port, Use.CURRENT);
    }

    /** Whether the role is only there because it cannot be dropped. */
    public boolean retired() {
        return use == Use.RETIRED;
    }

    /** Whether somebody left the role, so that another is to take its place. */
    public boolean left() {
        return use == Use.LEFT;
    }

    /** Whether it is the mark of the same port of the same owner, and both are retired or none is; names are for people and do not count. */
    public boolean sameAs(Mark other) {
        return owner.equals(other.owner) && port.uid().equals(other.port.uid()) && retired() == other.retired();
    }

    /** The comment. */
    public String text() {
        return "portcullis/1 installation=" + encode(owner.installation()) + " platform=" + encode(owner.platform())
                + " port=" + encode(port.uid()) + " name=" + encode(port.namespace()) + "/" + encode(port.name())
                + use.word;
    }

    /** The mark that a comment is, if it is one. */
    public static Optional<Mark> parse(String comment) {
        Matcher form = FORM.matcher(comment);
        if (comment.length() > LONGEST || !form.matches()) {
            return Optional.empty();
        }
        try {
            Owner owner = new Owner(decode(form.group(1)), decode(form.group(2)));
            PortId port = new PortId(decode(form.group(3)), decode(form.group(4)), decode(form.group(5)));
            return Optional.of(new Mark(owner, port, Use.of(form.group(6))));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // a percent sign that encodes nothing
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String decode(String value) {
        return URLDecoder.decode(value, StandardCharsets.UTF_8);
    }
}
