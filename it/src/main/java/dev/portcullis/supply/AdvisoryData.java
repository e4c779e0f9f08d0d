package dev.portcullis.supply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** All advisories on libraries of Maven that a folder or an archive has, in OSV's format: a file each. */
record AdvisoryData(List<Advisory> advisories) {
    private static final String SUFFIX = ".json";

    AdvisoryData {
        advisories = List.copyOf(advisories);
    }

    /**
     * Reads a folder with all that is below it, or an archive (zip).
     *
     * @throws MissingData if there is nothing, nothing on Maven, or a file that cannot be read: no answer is better than one that leaves something out
     */
    static AdvisoryData read(Path place) {
        List<Advisory> advisories = new ArrayList<>();
        try {
            if (Files.isDirectory(place)) {
                folder(place, advisories);
            } else if (Files.isRegularFile(place)) {
                archive(place, advisories);
            } else {
                throw new MissingData("there are no advisories at " + place + ": give a folder or a zip of them");
            }
        } catch (IOException e) {
            throw new MissingData(place + " cannot be read: " + e.getMessage(), e);
        }
        if (advisories.isEmpty()) {
            throw new MissingData(place + " has no advisory on a library of Maven");
        }
        return new AdvisoryData(advisories);
    }

    /** When the youngest of them was last changed. How old the data is can only be told by that. */
    String youngest() {
        return advisories.stream()
                .map(Advisory::modified)
                .max(Comparator.naturalOrder())
                .orElse("");
    }

    private static void folder(Path folder, List<Advisory> into) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>)
                    files.filter(one -> one.toString().endsWith(SUFFIX)).sorted()::iterator) {
                OsvFile.parse(Files.readString(file), file.toString()).ifPresent(into::add);
            }
        }
    }

    private static void archive(Path file, List<Advisory> into) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                if (entry.getName().endsWith(SUFFIX)) {
                    String json = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    OsvFile.parse(json, file + "!" + entry.getName()).ifPresent(into::add);
                }
            }
        }
    }
}
