// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.conv.AxisMap;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of windows cut into runs, and these gathered in segments, of which each reads one line of a
 * row of a channel.
 *
 * @param runs from the first window to the last
 * @param segments from the first window to the last
 */
record LineRuns(List<Run> runs, List<Segment> segments) {
  private static final int LINE = LineForm.LINE;

  /**
   * Neighbouring windows [first, end).
   *
   * @param segment their segment
   */
  record Run(int first, int end, int segment) {
    /** The first of them that is a target element of a phase. */
    int first(DirectAxis axis, int phase) {
      return Math.max(first, axis.firstWindow(phase));
    }

    /** One more than the last of them; no more than the first if there are none. */
    int end(DirectAxis axis, int phase) {
      return Math.min(end, axis.endWindow(phase));
    }
  }

  /** What the lines of a segment are read by: the windows [first, end). */
  record Segment(int first, int end) {}

  /**
   * As few runs as can be, as equal as can be, and as many of them to a line as it holds.
   *
   * @param longest windows of a run at most
   */
  static LineRuns of(DirectAxis axis, int longest) {
    LineRuns made = new LineRuns(new ArrayList<>(), new ArrayList<>());
    int[] starts = starts(axis.windows(), longest);
    for (int run = 0; run + 1 < starts.length; ) {
      int first = starts[run];
      int end = run + 1;
      while (end + 1 < starts.length && places(axis, starts[end + 1] - first) <= LINE) {
        end++;
      }
      for (; run < end; run++) {
        made.runs.add(new Run(starts[run], starts[run + 1], made.segments.size()));
      }
      made.segments.add(new Segment(first, starts[end]));
    }
    return made;
  }

  /** Cuts windows into as few runs as can be, as equal as can be, the longer ones first. */
  private static int[] starts(int windows, int longest) {
    int[] starts = new int[Math.ceilDiv(windows, longest) + 1];
    for (int run = 1; run < starts.length; run++) {
      int left = windows - starts[run - 1];
      starts[run] = starts[run - 1] + Math.ceilDiv(left, starts.length - run);
    }
    return starts;
  }

  /** Places that so many windows read. */
  static int places(DirectAxis axis, int windows) {
    AxisMap source = axis.source();
    return (windows - 1) * axis.split() + (source.kernel() - 1) * source.dilation() + 1;
  }

  /** Windows of the shortest run of a phase. */
  int shortest(DirectAxis axis, int phase) {
    int shortest = Integer.MAX_VALUE;
    for (Run run : runs) {
      int length = run.end(axis, phase) - run.first(axis, phase);
      shortest = length > 0 ? Math.min(shortest, length) : shortest;
    }
    return shortest;
  }
}
