/** The chart: what it renders, what it refuses, and what becomes of a cluster by it. */
package dev.portcullis.it.helm;
