// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.jmh.contenders.Task;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {
  @Test
  void networksComeAfterTheUsualTasksAndNothingTwice() {
    List<Task> usual = Tasks.usual();
    List<Task> all = Tasks.all();
    assertEquals(usual, all.subList(0, usual.size()));
    assertEquals(all.size(), new HashSet<>(all).size());
    assertTrue(all.contains(Task.parse("Conv2d FORWARD mobilenetv2-dw-3x3s2-96@112")));
    all.forEach(task -> assertTrue(task.multiplyAdds() > 0));
  }
}
