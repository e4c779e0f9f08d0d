package dev.portcullis.api.platform;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A platform that a grant controller of a third party serves. It has no fields yet: the controller knows where its platform is. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExternalPlatform() {}
