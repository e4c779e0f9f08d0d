/** Meshes of shapes that make an operator slow, and servers that do: on real ones, with {@code -Pfull}. */
package dev.portcullis.benchmark.shape;
