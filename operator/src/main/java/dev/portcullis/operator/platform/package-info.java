/** Reconciles DataPlatforms: their rules are checked, their grant loops run, their state is told. */
@NullMarked
package dev.portcullis.operator.platform;

import org.jspecify.annotations.NullMarked;
