/** What samples/gitops tells Argo CD and Flux about the health of our kinds, run as they run it. */
package dev.portcullis.engine.gitops;
