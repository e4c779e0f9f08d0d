package dev.portcullis.engine.offer;

import dev.portcullis.api.platform.DataPlatformSpec;
import dev.portcullis.platform.PlatformModule;
import java.util.List;
import java.util.Optional;

/** The platforms this program knows. */
public record PlatformModules(List<PlatformModule> modules) {
    public PlatformModules {
        modules = List.copyOf(modules);
    }

    public Optional<PlatformModule> serving(DataPlatformSpec platform) {
        return modules.stream().filter(module -> module.serves(platform)).findFirst();
    }
}
