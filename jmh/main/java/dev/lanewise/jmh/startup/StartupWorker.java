// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.startup;

import dev.lanewise.jmh.contenders.Contenders;
import dev.lanewise.jmh.report.Medians;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A short-lived program: classifies one image, tells its scores, and goes on for some seconds to
 * find out when it became as fast as it ever gets. Argument: the contender.
 */
final class StartupWorker {
  static final String FIRST = "first ";
  static final String STEADY = "steady ";

  private static final long RUN_NANOS = 6_000_000_000L;
  private static final long WINDOW_NANOS = 10_000_000;

  /** Of the speed at the end: what counts as having got there. */
  private static final double ALMOST = 0.9;

  /** As many windows in a row must be fast on the median. */
  private static final int LASTING = 5;

  /**
   * Calls that followed each other.
   *
   * @param start nanoseconds since the first scores
   */
  private record Window(long start, double nanosPerCall) {}

  private StartupWorker() {}

  public static void main(String[] arguments) {
    MnistNetwork network = MnistNetwork.create();
    MnistNetwork.Classifier classifier =
        arguments[0].equals(Contenders.LANEWISE)
            ? new LanewiseClassifier(network)
            : Contenders.peers().classifier(arguments[0], network);
    String scores = Arrays.toString(classifier.scores());
    System.out.println(FIRST + scores);
    List<Window> windows = windows(classifier);
    double steady = median(windows.subList(windows.size() * 3 / 4, windows.size()));
    System.out.println(STEADY + steady + " " + almost(windows, steady));
  }

  private static List<Window> windows(MnistNetwork.Classifier classifier) {
    List<Window> windows = new ArrayList<>();
    long first = System.nanoTime();
    long start = first;
    while (start - first < RUN_NANOS) {
      int calls = 0;
      long end;
      do {
        classifier.scores();
        calls++;
        end = System.nanoTime();
      } while (end - start < WINDOW_NANOS);
      windows.add(new Window(start - first, (end - start) / (double) calls));
      start = end;
    }
    return windows;
  }

  /** When the calls had become almost as fast as in the end. */
  private static long almost(List<Window> windows, double steady) {
    int w = 0;
    while (median(windows.subList(w, w + LASTING)) > steady / ALMOST) {
      w++;
    }
    return windows.get(w).start();
  }

  private static double median(List<Window> windows) {
    return Medians.of(windows.stream().mapToDouble(Window::nanosPerCall).toArray());
  }
}
