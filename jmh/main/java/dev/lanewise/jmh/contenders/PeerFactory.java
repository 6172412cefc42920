// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import dev.lanewise.jmh.startup.MnistNetwork;

/** Makes the contenders of the Maven profile {@code peers}, which its services file names. */
public interface PeerFactory {
  /**
   * The peer of that name, on as many threads.
   *
   * @throws IllegalArgumentException if there is none
   */
  Contender create(String name, int threads);

  /**
   * The network as a model of that peer, on one thread.
   *
   * @throws IllegalArgumentException if it is not one that loads models
   */
  MnistNetwork.Classifier classifier(String name, MnistNetwork network);
}
