package dev.portcullis.cli.plan;

import dev.portcullis.cli.manifests.RightsManifest;
import dev.portcullis.engine.manifest.Fault;
import dev.portcullis.engine.manifest.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The roles for people that come with Portcullis: repositories bind them and do not have them. */
final class ShippedRoles {
    private static final String FILE = "/rbac/people.yaml";

    private ShippedRoles() {}

    static List<RightsManifest> all() {
        List<Fault> faults = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(ShippedRoles.class.getResourceAsStream(FILE), FILE)) {
            return YamlText.documents(FILE, new String(file.readAllBytes(), StandardCharsets.UTF_8), faults).stream()
                    .map(document -> new RightsManifest(document.at("")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
