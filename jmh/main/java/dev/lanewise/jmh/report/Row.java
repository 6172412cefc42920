// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.report;

import dev.lanewise.jmh.contenders.Contenders;
import dev.lanewise.jmh.contenders.Operator;
import dev.lanewise.jmh.contenders.Task;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What all contenders reached at one task.
 *
 * @param scores by the contender's name; those that cannot solve the task are missing
 */
public record Row(Task task, Map<String, Score> scores) {
  public Row {
    scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
  }

  /** How many times faster one is than another; NaN without either. */
  double ratio(String contender, String other) {
    return share(contender) / share(other);
  }

  /** The share of the ceiling; NaN without the contender. */
  double share(String contender) {
    Score score = scores.get(contender);
    return score == null ? Double.NaN : score.share();
  }

  /** One line: the task, and everybody's share. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(task.toString());
    scores.forEach(
        (name, score) ->
            text.append(String.format(Locale.ROOT, "  %s %.1f %%", name, 100 * score.share())));
    return text.toString();
  }

  /** The fastest peer that takes what Lanewise takes: NCHW arrays, plain matrices. */
  Optional<String> bestPeer() {
    return scores.keySet().stream()
        .filter(Contenders::isPeer)
        .filter(name -> task.operator() == Operator.GEMM || !name.equals(Contenders.OWN_LAYOUTS))
        .max(Comparator.comparingDouble(this::share));
  }
}
