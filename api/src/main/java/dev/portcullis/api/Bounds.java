package dev.portcullis.api;

/** Bounds of the schema, in characters or items. Every string, list and map has one, so that no object outgrows what etcd stores. */
public final class Bounds {
    /** A Kubernetes namespace: an RFC 1123 label. */
    public static final int NAMESPACE = 63;

    /** A name of one of our kinds: an RFC 1123 label, so that it fits in a label and in a role's name. */
    public static final int NAME = 63;

    /** A user name as the API server authenticates it. */
    public static final int USER = 256;

    /** An SQL identifier: PostgreSQL keeps 63 bytes; four bytes of UTF-8 at most make one character. */
    public static final int IDENTIFIER = 63;

    /** A name on an external platform. */
    public static final int EXTERNAL = 256;

    /** Printable, and no space at either end. No *, since a name is one name; exposes alone has patterns. */
    public static final String EXTERNAL_PATTERN = "^[^\\p{C}\\p{Z}*]([^\\p{C}*]*[^\\p{C}\\p{Z}*])?$";

    /** The same, or the beginning of names with a * at its end. */
    public static final String EXTERNAL_PREFIX_PATTERN = "^[^\\p{C}*]*[^\\p{C}]$";

    /** A line shown to people. */
    public static final int LINE = 256;

    /** A text written by people. */
    public static final int TEXT = 2000;

    /** A CEL expression. */
    public static final int EXPRESSION = 1024;

    /** A text that is to be accepted. */
    public static final int TERMS = 16384;

    /** An address. */
    public static final int LINK = 2048;

    /** The metadata of a decision, as the JSON text it is given as. */
    public static final int METADATA = 8192;

    /** Objects and lists inside each other in the metadata of a decision: far fewer than any parser on its way back into the status takes. */
    public static final int METADATA_DEPTH = 16;

    /** A key in the metadata of a decision: the API server reads what is applied as YAML, whose keys have 1022 characters at most, all escapes written out. */
    public static final int METADATA_KEY = 128;

    /** A list of short things. */
    public static final int LIST = 64;

    /** RFC 1123 label. */
    public static final String LABEL_PATTERN = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

    /**
     * A moment in a status, as the operator writes it: RFC 3339 in UTC; years after 9999 and before 0 with a sign, as the last day of 9999 ends in such a one. Whatever has
     * it can be read as a moment, so that nobody who writes a status by hand can bring those to a halt who read all of them.
     */
    public static final String MOMENT_PATTERN =
            "^([0-9]{4}|\\+[1-9][0-9]{4,8}|-([1-9][0-9]{3,8}|0([1-9][0-9]{2}|0([1-9][0-9]|0[1-9]))))-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z$";

    private Bounds() {}
}
