/** What holds for every mesh, whatever happens in it. */
package dev.portcullis.engine.property;
