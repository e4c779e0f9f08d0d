package dev.portcullis.platform;

/**
 * Whose grants: several installations and several DataPlatforms may share one server, and none touches another's.
 *
 * @param installation id of this installation of Portcullis
 * @param platform name of the DataPlatform
 */
public record Owner(String installation, String platform) {}
