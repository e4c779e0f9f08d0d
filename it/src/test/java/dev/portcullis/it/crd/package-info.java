/** The types themselves on the real API server: what the schema takes, what it refuses and in which words, and what kubectl shows of it. */
package dev.portcullis.it.crd;
