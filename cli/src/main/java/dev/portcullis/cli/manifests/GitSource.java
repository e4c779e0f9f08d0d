package dev.portcullis.cli.manifests;

import dev.portcullis.cli.console.CannotBeDone;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A folder as it was at a revision, read by the program {@code git} without a checkout: one process lists it, one gives the files.
 *
 * @param folder in a working copy; need not be there any more
 * @param revision a commit, branch or tag
 */
public record GitSource(Path folder, String revision) implements Source {
    private record Entry(String hash, String path) {}

    @Override
    public List<SourceFile> files() {
        if (revision.startsWith("-")) {
            throw new CannotBeDone(revision + " is no revision");
        }
        Path there = folder.toAbsolutePath().normalize();
        while (!there.toFile().isDirectory()) {
            there = Objects.requireNonNull(there.getParent());
        }
        String root = text(there, "rev-parse", "--show-toplevel").strip();
        String below = Path.of(root)
                .toAbsolutePath()
                .relativize(real(there)
                        .resolve(there.relativize(folder.toAbsolutePath().normalize())))
                .toString();
        knows(Path.of(root));
        List<Entry> entries = entries(Path.of(root), below);
        return read(Path.of(root), entries);
    }

    /** A pipeline has often fetched one commit alone. */
    private void knows(Path root) {
        try {
            text(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{tree}");
        } catch (CannotBeDone e) {
            throw new CannotBeDone(
                    "there is no revision " + revision + " in the Git repository " + root
                            + ": name another, or fetch it (git fetch; in a pipeline have the checkout fetch the whole history)",
                    e);
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw new CannotBeDone("folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Entry> entries(Path root, String below) {
        List<String> arguments = new ArrayList<>(List.of("ls-tree", "-r", "-z", "--full-tree", revision));
        if (!below.isEmpty()) {
            arguments.add("--");
            arguments.add(below);
        }
        List<Entry> entries = new ArrayList<>();
        for (String line : text(root, arguments.toArray(String[]::new)).split("\0", -1)) {
            int tab = line.indexOf('\t');
            // mode, type and hash; links (120000) name other files and are read as those
            if (tab > 0 && line.startsWith("100") && Source.concerns(line.substring(tab + 1))) {
                entries.add(new Entry(line.substring(0, tab).split(" ", -1)[2], line.substring(tab + 1)));
            }
        }
        int from = below.isEmpty() ? 0 : below.length() + 1;
        entries.removeIf(entry -> entry.path().length() > from
                && Source.isOfTheRepository(entry.path().substring(from)));
        return entries;
    }

    private List<SourceFile> read(Path root, List<Entry> entries) {
        if (entries.isEmpty()) {
            return List.of();
        }
        Process git = start(root, "cat-file", "--batch");
        Thread asking = new Thread(() -> ask(git, entries), "git-questions");
        asking.start();
        List<SourceFile> files = new ArrayList<>();
        try (InputStream answers = new BufferedInputStream(git.getInputStream())) {
            for (Entry entry : entries) {
                String head = line(answers);
                int size = Integer.parseInt(head.substring(head.lastIndexOf(' ') + 1));
                byte[] content = answers.readNBytes(size);
                answers.skipNBytes(1);
                files.add(new SourceFile(revision + ":" + entry.path(), new String(content, StandardCharsets.UTF_8)));
            }
        } catch (IOException | NumberFormatException e) {
            throw new CannotBeDone("git did not give the files of " + revision + ": " + e.getMessage(), e);
        } finally {
            git.destroy();
        }
        return files;
    }

    private static void ask(Process git, List<Entry> entries) {
        try (OutputStream questions = git.getOutputStream()) {
            for (Entry entry : entries) {
                questions.write((entry.hash() + "\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            // whoever reads the answers sees that there are too few
        }
    }

    private static String line(InputStream from) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = from.read(); next != '\n'; next = from.read()) {
            if (next < 0) {
                throw new IOException("it ended early");
            }
            line.append((char) next);
        }
        return line.toString();
    }

    private static String text(Path folder, String... arguments) {
        Process git = start(folder, arguments);
        try (InputStream out = git.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            String problem = new String(git.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (git.waitFor() != 0) {
                throw new CannotBeDone("git " + String.join(" ", arguments) + ": " + problem);
            }
            return text;
        } catch (IOException e) {
            throw new CannotBeDone("git cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotBeDone("interrupted", e);
        }
    }

    private static Process start(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new CannotBeDone("the program git cannot be started: " + e.getMessage(), e);
        }
    }
}
