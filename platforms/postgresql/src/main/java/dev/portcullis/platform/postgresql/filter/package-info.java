/**
 * Row filters: a small language that providers write, parsed to a tree and printed from the tree. Nothing of a provider's text reaches a server but names of
 * columns and literals, each through the one function that quotes it.
 */
@NullMarked
package dev.portcullis.platform.postgresql.filter;

import org.jspecify.annotations.NullMarked;
