// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peers;

import dev.lanewise.jmh.contenders.Contender;
import dev.lanewise.jmh.contenders.PeerFactory;
import dev.lanewise.jmh.startup.MnistNetwork;

/** Makes a peer by its name, and so loads its native library and no other's. */
public final class Peers implements PeerFactory {
  @Override
  public Contender create(String name, int threads) {
    return switch (name) {
      case "onednn" -> new OneDnn.OwnLayouts();
      case "onednn-nchw" -> new OneDnn.PlainLayouts();
      case "torch" -> new Torch(threads);
      case "ort" -> new OnnxRuntime(threads);
      case "openblas" -> new OpenBlas();
      case "netlib" -> new Netlib();
      default -> throw new IllegalArgumentException("contender: there is no '" + name + "'");
    };
  }

  @Override
  public MnistNetwork.Classifier classifier(String name, MnistNetwork network) {
    if (!name.equals("ort")) {
      throw new IllegalArgumentException("contender: '" + name + "' loads no models");
    }
    return new OnnxClassifier(network);
  }
}
