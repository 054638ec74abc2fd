package io.ocssd.lsm.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
    @TempDir
    Path directory;

    @Test
    void filesAreSortedByKeyAndLinksAreLeftOut() throws Exception {
        Files.createDirectories(directory.resolve("b/c"));
        Files.writeString(directory.resolve("b/c/z"), "deep");
        Files.writeString(directory.resolve("b.txt"), "before a slash");
        Files.writeString(directory.resolve("a"), "");
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("a"));
        Files.createSymbolicLink(directory.resolve("loop"), directory);
        FileSource source = FileSource.of(directory, "p/");
        assertThat(keys(source)).containsExactly("p/a", "p/b.txt", "p/b/c/z");
        assertThat(source.value(2)).asString(StandardCharsets.UTF_8).isEqualTo("deep");
        assertThat(source.valueBytes(1)).isEqualTo(14);
        assertThat(source.totalBytes()).isEqualTo(18);
        assertThat(source.unreadable()).isEmpty();
    }

    @Test
    void aDirectoryThatIsNoneIsRefused() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "");
        assertThatThrownBy(() -> FileSource.of(file, "")).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> FileSource.of(directory.resolve("x"), "")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theRuntimeImageHasItsClasses() throws Exception {
        Source image = JdkImage.open();
        List<String> keys = keys(image);
        assertThat(keys.size()).isGreaterThan(1000);
        int object = keys.indexOf("java.base/java/lang/Object.class");
        assertThat(image.value(object)).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
        assertThat(image.value(object).length).isEqualTo((int) image.valueBytes(object));
    }

    @Test
    void aSampleIsASortedPartThatTheSeedDecides() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.writeString(directory.resolve("f" + i), "x".repeat(i));
        }
        Source all = FileSource.of(directory, "");
        List<String> sample = keys(SampledSource.of(all, 20, 7));
        assertThat(sample).hasSize(20).isSorted().doesNotHaveDuplicates().isSubsetOf(keys(all));
        assertThat(keys(SampledSource.of(all, 20, 7))).isEqualTo(sample);
        assertThat(keys(SampledSource.of(all, 20, 8))).isNotEqualTo(sample);
        assertThat(SampledSource.of(all, 50, 7)).isSameAs(all);
    }

    private static List<String> keys(Source source) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < source.size(); i++) {
            keys.add(new String(source.key(i), StandardCharsets.UTF_8));
        }
        return keys;
    }
}
