// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.contenders.Task;
import dev.lanewise.jmh.report.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchTest {
  @Test
  void theOthersGoOnWithoutAContenderThatFails(@TempDir Path directory) throws Exception {
    Task task = Task.parse("Gemm FORWARD 8x8x8");
    Match match =
        new Match(
            List.of("nobody", "naive"),
            List.of(task),
            1,
            false,
            1,
            1,
            List.of(),
            directory.resolve("log"));
    List<String> failures = new ArrayList<>();

    Results results = match.run(progress -> {}, failures::add);

    assertEquals(Set.of("naive"), results.rows().getFirst().scores().keySet());
    assertEquals(1, failures.size());
    assertTrue(failures.getFirst().contains("nobody"), failures.getFirst());
  }
}
