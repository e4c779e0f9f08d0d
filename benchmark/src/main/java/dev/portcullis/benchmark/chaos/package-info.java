/**
 * Random operations on real servers while things fail, beside a model of who must and who may have access. The model knows the documentation and nothing of the engine:
 * it is a second opinion.
 */
@NullMarked
package dev.portcullis.benchmark.chaos;

import org.jspecify.annotations.NullMarked;
