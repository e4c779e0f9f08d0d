package dev.portcullis.platform;

/** A change and what became of it. */
public record Result(Change change, Outcome outcome) {}
